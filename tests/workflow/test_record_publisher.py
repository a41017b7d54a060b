"""record_publisher: outlets are found again by their domain, or by name where they have none."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Publisher, User
from claims.vocabulary import PublisherKind
from claims.workflow import record_publisher
from tests.workflow.observing import refused


def test_a_publisher_is_recorded_with_its_bare_domain(contributor: User) -> None:
    publisher = record_publisher(
        name="Bridge Gazette",
        domain="https://WWW.Gazette.example/news",
        kind=PublisherKind.NEWSPAPER,
        by=contributor,
    )
    stored = Publisher.objects.get()
    assert stored == publisher
    assert (stored.name, stored.domain, stored.kind) == (
        "Bridge Gazette",
        "gazette.example",
        PublisherKind.NEWSPAPER,
    )


def test_a_known_domain_is_found_again_under_any_name(contributor: User) -> None:
    first = record_publisher(name="Gazette", domain="gazette.example", by=contributor)
    again = record_publisher(name="The Gazette", domain="www.gazette.example", by=contributor)
    assert again == first
    assert Publisher.objects.get().name == "Gazette"


def test_a_publisher_without_a_domain_is_found_again_by_name(contributor: User) -> None:
    first = record_publisher(name="Ministry of Works", by=contributor)
    assert record_publisher(name="ministry of works", by=contributor) == first


def test_a_name_is_found_though_its_bearer_has_a_domain(contributor: User) -> None:
    first = record_publisher(name="Gazette", domain="gazette.example", by=contributor)
    assert record_publisher(name="GAZETTE", by=contributor) == first
    twin = record_publisher(name="Gazette", domain="other.example", by=contributor)
    assert twin != first


def test_letters_that_are_one_in_capitals_only_are_two_names(contributor: User) -> None:
    names = ["Maße", "MASSE"]
    assert len({record_publisher(name=name, by=contributor).pk for name in names}) == 2


def test_an_international_domain_is_kept_in_its_ascii_form(contributor: User) -> None:
    publisher = record_publisher(name="Müller", domain="müller.example", by=contributor)
    assert publisher.domain == "xn--mller-kva.example"


@pytest.mark.parametrize(
    "domain",
    ["a..example", "two words.example", "[", "x" * 70 + ".example", "nodots!", "-a.example"],
)
def test_what_is_no_domain_is_refused(contributor: User, domain: str) -> None:
    with refused("is not a domain name", field="domain"):
        record_publisher(name="Gazette", domain=domain, by=contributor)


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"name": " "}, "name", "may not be empty"),
        ({"name": "x" * 201}, "name", "at most 200"),
        ({"name": "nul\0"}, "name", "U+0000"),
        ({"name": "G", "kind": "blog"}, "kind", "is none of"),
    ],
)
def test_bad_input_is_refused(
    contributor: User, fields: dict[str, Any], field: str, match: str
) -> None:
    with refused(match, field=field):
        record_publisher(**fields, by=contributor)
