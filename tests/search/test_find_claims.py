"""find_claims: the desk finds every standing claim by its words, in the same way on both engines."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Claim, ClaimantAlias, User
from claims.search import index
from claims.search.desk import best_claims, claimed_before, find_claims
from claims.search.public import find_published
from claims.workflow import merge_claims, reword_claim
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge(editor: User) -> Claim:
    claim: Claim = factories.ClaimFactory.create(
        wording="The Élysée bridge was built by two-thirds of 1.5 million people.",
        claimant=factories.ClaimantFactory(name="Marta Ruiz", role="mayor", by=editor),
        by=editor,
    )
    return claim


@pytest.fixture
def tunnel(editor: User) -> Claim:
    claim: Claim = factories.ClaimFactory.create(
        wording="A tunnel is safer than any bridge.", by=editor
    )
    return claim


def found(typed: str, *, unfinished: bool = False) -> set[int]:
    return set(find_claims(typed, unfinished=unfinished).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "typed",
    [
        "elysee bridge",
        "Élysée BRIDGE",
        "bridges peoples",
        '"two thirds"',
        '"bridge was built"',
        "two-thirds",
        "1.5 million",
        "Marta",
        "bridge Ruiz",
        "bridge OR nothing",
        "nothing OR bridge million",
        "bridge -tunnel",
        'bridge -"safer than"',
        "mill*",
        '"bridge was built',
    ],
)
def test_a_claim_is_found(bridge: Claim, tunnel: Claim, typed: str) -> None:
    assert bridge.pk in found(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "— … !",
        "bridge nothing",
        '"thirds two"',
        "bridge -people",
        "bri",
        "OR",
        '""',
        "\0",
    ],
)
def test_a_claim_is_not_found(bridge: Claim, typed: str) -> None:
    assert found(typed) == set()


def test_nothing_but_exclusions_leaves_the_rest(bridge: Claim, tunnel: Claim) -> None:
    assert found("-tunnel") == {bridge.pk}


def test_an_unfinished_word_is_found_at_every_letter(editor: User) -> None:
    claim = factories.ClaimFactory(wording="Vaccinations were compulsory.", by=editor)
    missed = [
        word[:end]
        for word in ("vaccinations", "compulsory")
        for end in range(2, len(word) + 1)
        if claim.pk not in found(word[:end], unfinished=True)
    ]
    assert missed == []
    assert found("compulsory vacc", unfinished=True) == {claim.pk}
    assert found("vacc ", unfinished=True) == set()


def test_names_that_the_desk_alone_knows_find_a_claim_on_the_desk_alone(
    bridge: Claim, editor: User
) -> None:
    factories.give_verdict(bridge)
    assert bridge.claimant is not None
    ClaimantAlias.objects.create(claimant=bridge.claimant, name="Martha Roys", added_by=editor)
    index.reindex([bridge.pk])
    assert found("Martha") == found("mayor") == found("bridge Roys") == {bridge.pk}
    assert not find_published("Martha").exists()
    assert not find_published("mayor").exists()
    assert list(find_published("Marta million")) == [bridge]
    assert list(find_published("million -Roys")) == [bridge]


def test_the_public_door_never_returns_what_is_not_public(
    bridge: Claim, tunnel: Claim, editor: User
) -> None:
    twin = factories.ClaimFactory(wording="The bridge is a bridge.", by=editor)
    factories.give_verdict(twin)
    factories.give_verdict(tunnel)
    assert set(find_published("bridge")) == {tunnel, twin}
    merge_claims(twin, into=tunnel, reason="The same.", by=editor)
    assert set(find_published("bridge")) == {tunnel}
    assert found("bridge") == {bridge.pk, tunnel.pk}


def test_the_public_door_asks_the_register_what_is_public_and_not_the_index(
    bridge: Claim, published: Claim, editor: User
) -> None:
    merge_claims(published, into=factories.published_claim(), reason="The same.", by=editor)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            words = "INSERT INTO claims_search(rowid, statement) VALUES (%s, 'bridge')"
        else:
            words = "INSERT INTO claims_search VALUES (%s, setweight(to_tsvector('bridge'), 'A'))"
        cursor.execute(words, [published.pk])
    assert found("bridge") >= {bridge.pk}
    hidden = [bridge.pk, published.pk]
    assert not find_published("bridge").filter(pk__in=hidden).exists()
    assert not find_claims("bridge").filter(pk=published.pk).exists()


def test_a_reworded_claim_is_found_by_its_new_words_alone(bridge: Claim, reviewer: User) -> None:
    reword_claim(bridge, wording="The ferry sank.", reason="Clearer.", by=reviewer)
    assert found("ferry") == {bridge.pk}
    assert found("bridge") == set()


def test_the_answer_is_a_queryset_of_one_query(bridge: Claim, tunnel: Claim) -> None:
    with CaptureQueriesContext(connection) as queries:
        claims = list(find_claims("bridge").exclude(wording="").order_by("pk"))
    assert claims == [bridge, tunnel]
    assert len(queries) == 1


def test_the_best_come_first(bridge: Claim, tunnel: Claim, editor: User) -> None:
    exact = factories.ClaimFactory(wording="Bridge.", by=editor)
    assert [one.pk for one in best_claims("bridge", limit=2)] == [exact.pk, tunnel.pk]
    assert [one.pk for one in best_claims("bridge -tunnel", limit=1)] == [exact.pk]
    assert best_claims("-bridge", limit=9) == best_claims("", limit=9) == []


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=st.text(max_size=200), unfinished=st.booleans())
def test_any_text_is_a_query(bridge: Claim, typed: str, *, unfinished: bool) -> None:
    take_everything(typed, unfinished=unfinished)


def take_everything(typed: str, *, unfinished: bool) -> None:
    list(find_claims(typed, unfinished=unfinished))
    list(find_published(typed, unfinished=unfinished))
    best_claims(typed, limit=3, unfinished=unfinished)
    claimed_before(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000,
        "bridge " * 1_500,
        " ".join(f"word{n}" for n in range(1_500)),
        '"' * 10_000,
        "-" * 10_000,
        'AND NOT NEAR(a b, 2) statement:x ^y {z} : "q" * + ( )',
        "' OR 1=1 --",
        "foo:*&|!<->",
        "\0\ud800\ufffe\u202e😀 𞓐 ﷽",
        "%s %(x)s %",
        "\\'\\\"",
        "١٢٣ ²½ a١ x²",
    ],
    ids=lambda typed: typed[:8].encode("ascii", "replace").decode(),
)
@pytest.mark.parametrize("unfinished", [True, False])
def test_odd_input_is_no_error(bridge: Claim, typed: str, *, unfinished: bool) -> None:
    take_everything(typed, unfinished=unfinished)
