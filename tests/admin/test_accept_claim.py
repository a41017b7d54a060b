"""Accepting a statement as a claim: a form filled in from the article, and one verb."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from claims.admin.statements import Place, passage_of
from claims.models import Appearance, Article, Claim, Claimant, User
from claims.reading.attribution import Statement, suggest
from claims.vocabulary import ClaimantKind
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, text_of


def statement(article: Article, number: int = 0) -> Statement:
    return suggest(article.text)[number]


def url_of(article: Article, number: int = 0) -> str:
    one = statement(article, number)
    return f"/admin/claims/article/{article.pk}/accept/?place={one.start}-{one.end}"


def filled(client: Client, url: str) -> dict[str, Any]:
    """Return the form as the page offers it, ready to send; what a new name stands for, only people know."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    chosen = {name: value for name, value in values.items() if value not in (None, False)}
    return chosen | {"speaker_kind": "body"}


def test_the_form_comes_filled_in(sign_in: SignIn, contributor: User, article: Article) -> None:
    fields = filled(sign_in(contributor), url_of(article))
    one = statement(article)
    assert fields["exact"] == article.text[one.start : one.end]
    assert fields["wording"] == "The old bridge is safe."
    assert fields["speaker_name"] == one.source
    assert fields["said_on"] == date(2025, 3, 1)


def test_sending_it_as_it_is_records_claim_and_appearance(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    page = client.post(url_of(article), filled(client, url_of(article)), follow=True)
    claim = Claim.objects.get()
    appearance = Appearance.objects.get()
    assert "Claim recorded." in said(page)
    assert page.redirect_chain[-1][0] == f"/admin/claims/claim/{claim.pk}/change/"
    assert (appearance.start, appearance.end) == (statement(article).start, statement(article).end)
    assert claim.claimant == appearance.speaker == Claimant.objects.get(kind=ClaimantKind.BODY)


def test_nobody_becomes_a_person_because_nothing_was_chosen(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    page = client.post(url_of(article), filled(client, url_of(article)) | {"speaker_kind": ""})
    assert "what it stands for" in page.context["form"].errors["speaker_kind"][0]
    assert not Claimant.objects.exists()


def test_a_name_the_register_knows_needs_no_kind(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    known = factories.ClaimantFactory(name="Jo Lee", role="mayor", by=contributor)
    client = sign_in(contributor)
    new = {"speaker": "new", "speaker_name": "jo lee", "speaker_kind": ""}
    client.post(url_of(article), filled(client, url_of(article)) | new | {"speaker_role": "mayor"})
    assert Appearance.objects.get().speaker == known


@pytest.mark.parametrize("name", ["a\0b", "z" * 100_000])
def test_a_name_no_database_can_search_for_is_refused_at_its_field(
    sign_in: SignIn, contributor: User, article: Article, name: str
) -> None:
    client = sign_in(contributor)
    factories.ClaimantFactory(by=contributor)  # somebody to be compared with
    fields = filled(client, url_of(article)) | {"speaker": "new", "speaker_name": name}
    page = client.post(url_of(article), fields)
    assert "speaker_name" in page.context["form"].errors


def test_the_quote_is_shown_in_its_passage(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    page = sign_in(contributor).get(url_of(article)).content.decode()
    assert "The mayor said <mark>the old bridge is safe</mark>. The council denied" in page


def test_a_passage_without_an_end_is_cut(sign_in: SignIn, contributor: User) -> None:
    text = "x " * 5_000 + "The mayor said the bridge is safe. " + "y " * 5_000
    passage = passage_of(factories.ArticleFactory(text=text, by=contributor), Place(10015, 10033))
    assert passage is not None
    assert passage[1] == "the bridge is safe"
    assert [len(part) for part in passage] == [501, 18, 501]


def test_a_denied_claim_is_not_the_speakers_own(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    client.post(url_of(article), filled(client, url_of(article, 1)))
    assert Claim.objects.get().claimant is None
    assert Appearance.objects.get().position == "denies"
    assert Appearance.objects.get().speaker is not None


def test_a_claimant_the_register_knows_is_offered_and_taken(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    known = factories.ClaimantFactory(name=statement(article).source, by=contributor)
    client = sign_in(contributor)
    fields = filled(client, url_of(article))
    assert fields["speaker"] == str(known.pk)
    client.post(url_of(article), fields)
    assert Claim.objects.get().claimant == known
    assert Claimant.objects.count() == 1


def test_a_name_two_people_bear_must_be_told_apart(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    for role in ("mayor", "singer"):
        factories.ClaimantFactory(name="Jo Lee", role=role, by=contributor)
    client = sign_in(contributor)
    fields = filled(client, url_of(article)) | {"speaker": "new", "speaker_name": "Jo Lee"}
    page = client.post(url_of(article), fields)
    assert "speaker_role" in page.context["form"].errors
    fields |= {"speaker_role": "singer"}
    client.post(url_of(article), fields)
    assert Claim.objects.get().claimant == Claimant.objects.get(role="singer")


def test_somebody_else_may_be_the_claimant(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, url_of(article)) | {
        "claimant": "new",
        "claimant_name": "City engineers",
        "claimant_kind": ClaimantKind.BODY,
    }
    client.post(url_of(article), fields)
    assert Claim.objects.get().claimant == Claimant.objects.get(name="City engineers")
    assert Appearance.objects.get().speaker_name == statement(article).source


def test_an_edited_quote_is_looked_for_anew(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, url_of(article)) | {"exact": "old bridge"}
    client.post(url_of(article), fields)
    assert Appearance.objects.get().exact == "old bridge"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"wording": ""}, "wording"),
        ({"wording": "x" * 1001}, "wording"),
        ({"wording": "a\0b"}, "wording"),
        ({"exact": "words that are not there"}, "exact"),
        ({"exact": "e"}, "exact"),
        ({"said_on": "2999-01-01"}, "said_on"),
        ({"kind": "rumour"}, "kind"),
        ({"position": "sings"}, "position"),
        ({"cue_class": "loud"}, "cue_class"),
        ({"speaker": "new", "speaker_name": ""}, "speaker_name"),
        ({"speaker": "99999999"}, "speaker"),
        ({"speaker": ""}, "speaker"),
        ({"speaker": "99999999999999999999999"}, "speaker"),
        ({"place": "1-x"}, "place"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    sign_in: SignIn, contributor: User, article: Article, change: dict[str, str], field: str
) -> None:
    client = sign_in(contributor)
    fields = filled(client, url_of(article)) | {"cue": "insisted"} | change
    page = client.post(url_of(article), fields)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert page.context["form"]["cue"].value() == "insisted"
    assert not Claim.objects.exists()


def test_a_form_sent_twice_makes_one_claim(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, url_of(article))
    client.post(url_of(article), fields)
    again = client.post(url_of(article), fields)
    assert "recorded from this quote already" in text_of(again)
    assert Claim.objects.count() == 1


def test_a_wording_of_two_lines_sent_twice_makes_one_claim(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, url_of(article)) | {"wording": "The bridge:\r\nit is safe."}
    client.post(url_of(article), fields)
    again = client.post(url_of(article), fields)
    assert f"already, as claim {Claim.objects.get().public_id}" in text_of(again)


def test_one_quote_may_hold_two_claims(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, url_of(article))
    client.post(url_of(article), fields)
    client.post(url_of(article), fields | {"wording": "There is an old bridge."})
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("place", ["", "3-3", "x", "9-", "1-99999999999999999999"])
def test_a_place_without_a_statement_opens_an_empty_form(
    sign_in: SignIn, contributor: User, article: Article, place: str
) -> None:
    page = sign_in(contributor).get(f"/admin/claims/article/{article.pk}/accept/", {"place": place})
    assert page.status_code == 200
    assert not page.context["form"]["exact"].value()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_takes_thirteen_queries(
    sign_in: SignIn, contributor: User, article: Article, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        factories.ClaimantFactory(name="The mayor", role=f"of town {number}", by=contributor)
        factories.ClaimFactory(wording=f"The old bridge {number} is safe.", by=contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; article; claimants of the name, their other names;
    # words of the register, nearest claims, those claims, which of them were found here; appearances, what is set aside
    with django_assert_num_queries(13):
        client.get(url_of(article))
