"""Looking claimants up while somebody types: by any name, role or affiliation, told apart by what they were then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims.models import Affiliation, Claimant, ClaimantAlias, User
from claims.vocabulary import ClaimantKind
from tests import factories
from tests.admin.conftest import SignIn

URL = "/admin/claims/claimant/named/"


def found(sign_in: SignIn, person: User, typed: str, on: str = "") -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = (
        sign_in(person).get(URL, {"q": typed, "on": on}).json()["options"]
    )
    return options


@pytest.fixture
def miller(contributor: User) -> Claimant:
    """Somebody with two names and two offices."""
    miller: Claimant = factories.ClaimantFactory.create(
        name="Matthew Miller", role="spokesman", by=contributor
    )
    ClaimantAlias.objects.create(claimant=miller, name="Мэтью Миллер", added_by=contributor)
    for role, body, since, until in (
        ("adviser", "Senate", date(2010, 1, 1), date(2015, 12, 31)),
        ("spokesman", "State Department", date(2023, 4, 24), date(2025, 1, 20)),
    ):
        Affiliation.objects.create(
            claimant=miller, role=role, body=body, since=since, until=until, added_by=contributor
        )
    return miller


@pytest.mark.parametrize(
    "typed",
    ["mill", "MATT mill", "миллер", "МЭТЬЮ", "spokesman", "state department", "miller senate"],
)
def test_a_claimant_is_found_by_names_roles_and_affiliations(
    sign_in: SignIn, contributor: User, miller: Claimant, typed: str
) -> None:
    assert [one["value"] for one in found(sign_in, contributor, typed)] == [str(miller.pk)]


@pytest.mark.parametrize("typed", ["", " ", "smith", "matt smith", "\0", "%", "_"])
def test_others_are_not(sign_in: SignIn, contributor: User, miller: Claimant, typed: str) -> None:
    assert found(sign_in, contributor, typed) == []


@pytest.mark.parametrize("typed", ["a" * 60_000, "a " * 3_000, "'\"%_\\"])
def test_anything_may_be_typed(sign_in: SignIn, contributor: User, typed: str) -> None:
    assert found(sign_in, contributor, typed) == []


@pytest.mark.parametrize(
    ("on", "detail"),
    [
        ("2024-11-04", "spokesman, State Department"),
        ("2012-01-01", "adviser, Senate"),
        ("2020-01-01", "spokesman"),
        ("", "spokesman, State Department · adviser, Senate"),
        ("2024-99-99", "spokesman, State Department · adviser, Senate"),
        ("soon", "spokesman, State Department · adviser, Senate"),
    ],
)
def test_they_are_told_apart_by_what_they_were_on_the_day(
    sign_in: SignIn, contributor: User, miller: Claimant, on: str, detail: str
) -> None:
    (one,) = found(sign_in, contributor, "miller", on)
    assert one == {
        "value": str(miller.pk),
        "label": "Matthew Miller",
        "detail": detail,
        "kind": "Person",
    }


def test_another_name_is_said_where_it_was_typed(
    sign_in: SignIn, contributor: User, miller: Claimant
) -> None:
    (one,) = found(sign_in, contributor, "Миллер", "2024-11-04")
    assert one["detail"] == "spokesman, State Department · also Мэтью Миллер"


def test_whoever_was_found_to_be_another_leads_there(
    sign_in: SignIn, contributor: User, miller: Claimant
) -> None:
    double = factories.ClaimantFactory(name="M. Miler", by=contributor)
    twice = factories.ClaimantFactory(name="Matt Miler", by=contributor)
    Claimant.objects.filter(pk=double.pk).update(merged_into=miller)
    Claimant.objects.filter(pk=twice.pk).update(merged_into=double)
    (one,) = found(sign_in, contributor, "miler", "2020-01-01")
    assert one["value"] == str(miller.pk)
    assert one["label"] == "Matthew Miller"


def test_names_that_begin_so_come_first(sign_in: SignIn, contributor: User) -> None:
    for name in ("Zoe Bell", "Bell, Ada", "Abel Bellow"):
        factories.ClaimantFactory(name=name, kind=ClaimantKind.PERSON, by=contributor)
    assert [one["label"] for one in found(sign_in, contributor, "bell")] == [
        "Bell, Ada",
        "Abel Bellow",
        "Zoe Bell",
    ]


def test_nobody_else_is_told_names(client: Any, sign_in: SignIn, db: None) -> None:
    assert client.get(URL).status_code == 302
    stranger = factories.UserFactory(is_staff=True)
    assert sign_in(stranger).get(URL, {"q": "mill"}).status_code == 403


def test_it_is_only_for_asking(sign_in: SignIn, contributor: User) -> None:
    assert sign_in(contributor).post(URL, {"q": "mill"}).status_code == 405


@pytest.mark.parametrize("rows", [1, 20])
def test_it_takes_seven_queries(
    sign_in: SignIn, contributor: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        claimant = factories.ClaimantFactory(name=f"Miller {number}", by=contributor)
        ClaimantAlias.objects.create(claimant=claimant, name=f"M {number}", added_by=contributor)
        Affiliation.objects.create(claimant=claimant, role="adviser", added_by=contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; claimants, their names, what they were
    with django_assert_num_queries(7):
        client.get(URL, {"q": "miller", "on": "2024-11-04"})
