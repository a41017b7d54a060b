"""Validators: entity tags that change with every act and every form, dates in whole seconds, compressed answers."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from claims.api.conditions import Modified, means_head
from claims.models import Claim, ClaimDocument
from tests import factories
from tests.api.conftest import Api

NOON = datetime(2026, 11, 2, 12, 0, 0, 200_000, tzinfo=UTC)


@pytest.fixture
def settled(published: Claim) -> Claim:
    """A claim whose last act is two minutes ago."""
    ago = timezone.now() - timedelta(minutes=2)
    ClaimDocument.objects.filter(claim=published).update(stored_at=ago.replace(microsecond=200_000))
    return published


def ask(api: Api, claim: Claim, **headers: str) -> Any:
    return api.fetch(f"claims/{claim.public_id}/", headers=headers)


def test_the_tag_begins_with_the_digest_of_the_last_act(api: Api, published: Claim) -> None:
    tag = ask(api, published)["ETag"]
    assert tag.strip('"').split("-")[0] == bytes(published.head_hash).hex()[:32]
    factories.EvidenceFactory(claim=published)
    later = ask(api, published)["ETag"]
    assert tag.split("-")[0] != later.split("-")[0]
    published.refresh_from_db()
    assert means_head(later, published.head_hash)
    assert not means_head(tag, published.head_hash)


@pytest.mark.parametrize(
    ("sent", "right"),
    [
        ('"{}-x"', True),
        ('"{}-x-gzip"', True),
        ('"other", "{}-x"', True),
        ("*", True),
        ('W/"{}-x"', False),
        ("{}-x", False),
        ('"x-{}"', False),
        ("", False),
    ],
)
def test_which_tags_are_of_a_version(sent: str, *, right: bool) -> None:
    head = bytes(range(32))
    assert means_head(sent.format(head.hex()[:32]), head) is right


def test_there_is_no_date_while_the_minute_is_not_over(api: Api, published: Claim) -> None:
    answer = ask(api, published, if_modified_since=http_date())
    assert answer.status_code == 200
    assert "Last-Modified" not in answer


def test_a_date_is_known_again(api: Api, settled: Claim) -> None:
    answer = ask(api, settled)
    date = answer["Last-Modified"]
    assert parse_http_date(date) >= settled.document.stored_at.timestamp()
    again = ask(api, settled, if_modified_since=date)
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Last-Modified"]) == (answer["ETag"], date)


def test_a_tag_beside_it_counts_alone(api: Api, settled: Claim) -> None:
    date = ask(api, settled)["Last-Modified"]
    assert ask(api, settled, if_modified_since=date, if_none_match='"x"').status_code == 200
    assert ask(api, settled, if_unmodified_since=date, if_match='"x"').status_code == 412


@pytest.mark.parametrize("sent", ["yesterday", "2026-11-02", "", "Mon, 32 Nov 2026 00:00:00 GMT"])
def test_a_date_that_is_none_is_not_looked_at(api: Api, settled: Claim, sent: str) -> None:
    assert ask(api, settled, if_modified_since=sent, if_unmodified_since=sent).status_code == 200


def test_unmodified_since_is_held_to(api: Api, settled: Claim) -> None:
    date = ask(api, settled)["Last-Modified"]
    assert ask(api, settled, if_unmodified_since=date).status_code == 200
    assert ask(api, settled, if_unmodified_since=http_date(0)).status_code == 412


def test_nothing_changes_after_a_date_to_come(api: Api, published: Claim) -> None:
    """Also within the minute in which a claim has no date of its own yet."""
    assert ask(api, published, if_unmodified_since=http_date(2**35)).status_code == 200


@pytest.mark.parametrize(
    ("date", "known"),
    [(-60, False), (0, False), (1, True), (2, False), (60, False), (61, True), (3600, True)],
)
def test_a_second_change_within_a_second_is_never_missed(date: int, *, known: bool) -> None:
    """A date of a clock of one's own may be of a moment between two changes; the one that was sent is of none."""
    second = int(NOON.timestamp())
    assert Modified(NOON).is_known_to(http_date(second + date)) is known
    assert Modified(NOON).stamp == second + 1
    assert Modified(NOON.replace(microsecond=0)).stamp == second


def test_compressed_it_is_another_representation(api: Api, published: Claim) -> None:
    plain, packed = ask(api, published), ask(api, published, accept_encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == f'{plain["ETag"][:-1]}-gzip"'
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert ask(api, published, accept_encoding="gzip;q=0")["ETag"] == plain["ETag"]
    for answer, encoding in ((plain, ""), (packed, "gzip")):
        again = ask(
            api, published, if_none_match=answer["ETag"], accept_encoding=encoding or "identity"
        )
        assert (again.status_code, again["Vary"]) == (304, "Accept-Encoding")
    assert ask(api, published, if_none_match=packed["ETag"]).status_code == 200


def test_what_is_small_is_not_compressed(api: Api) -> None:
    answer = api.fetch("claimants/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer


def test_a_failed_condition_says_so_in_full(api: Api, published: Claim) -> None:
    answer = ask(api, published, if_match='"other"')
    assert answer.status_code == 412
    assert answer.json()["type"].endswith("/problems/precondition-failed/")
