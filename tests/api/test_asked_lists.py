"""Lists whose SQL is written once: they say what the read itself says, for every shape of question."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from django.db import connection

from claims.api import asked_lists
from claims.models import Claim, HistoryEntry, User, choosing
from claims.vocabulary import VerificationStatus
from claims.workflow import file_claim, record_topic
from tests import factories
from tests.api.conftest import Api

ONE_OF_EACH = {
    "status": "confirmed",
    "kind": "fact",
    "language": "en",
    "topic": "bridges",
    "has_evidence": "supports",
    "said_to": "2025-01-01",
    "published_from": "2001-01-01",
    "changed_from": "2001-01-01",
    "q": "bridge",
}
OF_THE_PAST = {"status": "confirmed", "published_from": "2001-01-01", "kind": "fact"}


@pytest.fixture
def claims(editor: User) -> list[Claim]:
    topic = record_topic(name="Bridges", by=editor)
    found = []
    for number in range(5):
        claim = factories.published_claim(wording=f"Bridge {number} is safe.")
        file_claim(claim, topics={topic}, by=editor)
        found.append(claim)
    factories.give_verdict(found[0], VerificationStatus.DISPUTED)
    return found


def questions() -> Iterator[dict[str, str]]:
    """Yield the question of nothing, of each filter, and of each two."""
    for number in (0, 1, 2):
        for names in itertools.combinations(ONE_OF_EACH, number):
            yield {name: ONE_OF_EACH[name] for name in names}


def walked(api: Api, asked: dict[str, str]) -> list[list[str]]:
    """Return the ids on each page, forth and back."""
    page = api.get("claims/", limit=2, **asked)
    pages = [page]
    while page["next"]:
        pages.append(page := api.get(page["next"]))
    while page["previous"]:
        pages.append(page := api.get(page["previous"]))
    return [[one["id"] for one in page["results"]] for page in pages]


def test_each_shape_finds_what_the_read_finds(
    api: Api, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = HistoryEntry.objects.latest("recorded_at").recorded_at.isoformat()
    asked = [*questions(), *({name: value, "as_of": moment} for name, value in OF_THE_PAST.items())]
    asked += [{"order": order} for order in ("said", "published", "-published", "changed")]
    written = [walked(api, one) for one in asked]
    assert sum(map(len, written)) > 2 * len(asked)
    monkeypatch.setattr(asked_lists.Question, "is_plain", False)
    assert [walked(api, one) for one in asked] == written


def test_two_questions_of_one_shape_are_written_once(api: Api, claims: list[Claim]) -> None:
    asked_lists._compiled.cache_clear()
    for day, word in (("2001-01-01", "bridge"), ("2002-02-02", "safe")):
        api.get("claims/", published_from=day, order="published", q=word)
        api.get("claims/", as_of=f"{day}T00:00:00Z", status="confirmed")
    assert asked_lists._compiled.cache_info().currsize == 2


def test_what_is_filed_under_a_large_topic_is_found_on_the_way_through_all(
    api: Api, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.published_claim(wording="It is filed nowhere.")
    asked = [one for one in questions() if "topic" in one]
    looked_up = [walked(api, one) for one in asked]
    monkeypatch.setattr(choosing, "LARGE", 1)
    assert [walked(api, one) for one in asked] == looked_up
    assert looked_up[0] != walked(api, {})
    page = Claim.objects.listed().listed_under_topic("bridges").newest_first()[:2]
    if connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in page.explain()
