"""link_claimant: which item of Wikidata a claimant is; at most one claimant is any, and an erased name is no item."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from claims.models import Claim, Claimant, ClaimDocument, HistoryEntry, User
from claims.vocabulary import ClaimantKind
from claims.wikidata import address_of, item_in
from claims.workflow import link_claimant, merge_claimants
from claims.workflow.checking import check_claim
from tests import factories
from tests.workflow.observing import refused

SANDBOX, OTHER = "Q4115189", "Q13406268"


@pytest.fixture
def miller(db: None) -> Claimant:
    return factories.ClaimantFactory(name="Matthew Miller", role="spokesman")


def item_of(claimant: Claimant) -> str:
    return Claimant.objects.get(pk=claimant.pk).wikidata


@pytest.mark.parametrize(
    "given",
    [
        "Q7747",
        " q7747 ",
        "https://www.wikidata.org/wiki/Q7747",
        "http://wikidata.org/wiki/Q7747#sitelinks-wikipedia",
        "https://m.wikidata.org/wiki/Q7747?uselang=de",
        "http://www.wikidata.org/entity/Q7747",
        "https://www.wikidata.org/wiki/Special:EntityPage/Q7747",
    ],
)
def test_an_item_is_known_by_its_id_and_its_address(given: str) -> None:
    assert item_in(given) == "Q7747"
    assert item_in(address_of("Q7747")) == "Q7747"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Q0",
        "Q07",
        "P31",
        "7747",
        "Q7747 Q1",
        "Q7747/",
        "Q٧",
        "Q" + "1" * 20,
        "https://www.wikidata.org/wiki/Q7747/../Q1",
        "https://www.wikidata.org.example/wiki/Q7747",
        "https://example.org/?https://www.wikidata.org/wiki/Q7747",
        "https://en.wikipedia.org/wiki/Q7747",
        "javascript:alert(1)//https://www.wikidata.org/wiki/Q7747",
    ],
)
def test_nothing_else_is_one(given: str) -> None:
    assert item_in(given) == ""


def test_it_is_recorded_and_can_be_taken_away(miller: Claimant, reviewer: User) -> None:
    assert link_claimant(miller, wikidata=address_of(SANDBOX), by=reviewer).wikidata == SANDBOX
    assert item_of(miller) == SANDBOX
    assert miller.wikidata_url == "https://www.wikidata.org/wiki/Q4115189"
    link_claimant(miller, wikidata=" ", by=reviewer)
    assert (item_of(miller), miller.wikidata_url) == ("", "")


@pytest.mark.parametrize("given", ["Miller", "P31", "https://en.wikipedia.org/wiki/Miller", "Q1\0"])
def test_what_is_no_item_is_refused(miller: Claimant, reviewer: User, given: str) -> None:
    with refused("", field="wikidata"):
        link_claimant(miller, wikidata=given, by=reviewer)
    assert item_of(miller) == ""


def test_the_same_again_is_refused(miller: Claimant, reviewer: User) -> None:
    with refused("recorded already", field="wikidata"):
        link_claimant(miller, wikidata="", by=reviewer)
    link_claimant(miller, wikidata=SANDBOX, by=reviewer)
    with refused("recorded already", field="wikidata"):
        link_claimant(miller, wikidata=SANDBOX.lower(), by=reviewer)


def test_nobody_else_is_the_same_item(miller: Claimant, reviewer: User) -> None:
    link_claimant(miller, wikidata=SANDBOX, by=reviewer)
    other = factories.ClaimantFactory()
    with refused("Q4115189 is Matthew Miller, spokesman here", field="wikidata"):
        link_claimant(other, wikidata=SANDBOX, by=reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claimant.objects.filter(pk=other.pk).update(wikidata=SANDBOX)


def test_the_database_takes_nothing_but_an_item(miller: Claimant) -> None:
    for value in ("Miller", "Q0", "q7747", "xQ7747"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claimant.objects.filter(pk=miller.pk).update(wikidata=value)


def test_whoever_is_not_named_is_no_item(reviewer: User) -> None:
    officials = factories.ClaimantFactory(name="Western officials", kind=ClaimantKind.UNNAMED)
    with refused("not named", field="wikidata"):
        link_claimant(officials, wikidata=SANDBOX, by=reviewer)


def test_no_claim_and_no_history_is_touched(miller: Claimant, reviewer: User) -> None:
    claim = factories.published_claim(claimant=miller)
    before = [*ClaimDocument.objects.values()], [*HistoryEntry.objects.values("leaf_hash")]
    link_claimant(miller, wikidata=SANDBOX, by=reviewer)
    assert before == (
        [*ClaimDocument.objects.values()],
        [*HistoryEntry.objects.values("leaf_hash")],
    )
    assert [*check_claim(Claim.objects.get(pk=claim.pk))] == []


@pytest.mark.parametrize("linked", ["ending", "lasting"])
def test_of_two_that_are_one_the_survivor_bears_the_item(
    miller: Claimant, editor: User, linked: str
) -> None:
    parties = {"ending": factories.ClaimantFactory(), "lasting": miller}
    link_claimant(parties[linked], wikidata=SANDBOX, by=editor)
    ending, lasting = parties["ending"], parties["lasting"]
    merge_claimants(ending, into=lasting, reason="One person.", by=editor)
    assert (item_of(ending), item_of(lasting)) == ("", SANDBOX)
    assert (ending.wikidata, lasting.wikidata) == ("", SANDBOX)
    with refused("merged into another"):
        link_claimant(ending, wikidata=OTHER, by=editor)


def test_two_items_are_not_one_person(miller: Claimant, editor: User) -> None:
    other = factories.ClaimantFactory()
    for one, item in ((miller, SANDBOX), (other, OTHER)):
        link_claimant(one, wikidata=item, by=editor)
    with refused("two items of Wikidata (Q13406268, Q4115189)", field="into"):
        merge_claimants(other, into=miller, reason="One person.", by=editor)


@pytest.mark.parametrize("field", ["wording.claimant_name", "wording.claimant_role"])
def test_an_erased_name_or_role_takes_the_item_of_all_records_along(
    miller: Claimant, editor: User, second_editor: User, field: str
) -> None:
    double = factories.ClaimantFactory(name="M. Miler", role="clerk")
    claim = factories.published_claim(claimant=double)
    factories.published_claim(claimant=miller)
    link_claimant(miller, wikidata=SANDBOX, by=editor)
    merge_claimants(double, into=miller, reason="One person.", by=editor)
    factories.erase(claim.entries.get(number=1), field, by=editor, and_by=second_editor)
    assert item_of(miller) == ""
    with refused("would tell it again", field="wikidata"):
        link_claimant(miller, wikidata=SANDBOX, by=editor)


def test_another_erased_value_does_not(miller: Claimant, editor: User, second_editor: User) -> None:
    claim = factories.published_claim(claimant=miller)
    link_claimant(miller, wikidata=SANDBOX, by=editor)
    factories.erase(claim.entries.get(number=1), "wording.text", by=editor, and_by=second_editor)
    assert item_of(miller) == SANDBOX
