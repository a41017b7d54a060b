"""Idempotency-Key: what is sent again is answered the same and done once; for thirty days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.api.writing.doors import is_taken
from claims.models import ApiWrite, Claim, Claimant, Evidence, User
from claims.tasks.housekeeping import prune_api_writes
from tests import factories
from tests.api.conftest import Api
from tests.api.writer import EVIDENCE, Writer


@pytest.mark.parametrize("name", ["a-name", '"a-name"'])
def test_the_same_again_is_answered_the_same_and_done_once(writer: Writer, name: str) -> None:
    body = {"wording": "The bridge is safe."}
    first = writer.post("claims/", body, name="a-name")
    again = writer.post("claims/", body, name=name)
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Location"] == first["Location"] == first.json()["url"]
    assert (first.get("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (None, "true")
    assert Claim.objects.count() == 1


def test_it_is_answered_the_same_after_the_claim_moved_on(writer: Writer, published: Claim) -> None:
    path = f"claims/{published.public_id}/evidence/"
    tag = writer.seen(published)
    first = writer.post(path, EVIDENCE, name="x", if_match=tag)
    factories.EvidenceFactory(claim=published)
    again = writer.post(path, EVIDENCE, name="x", if_match=tag)
    assert (again.status_code, again.content) == (201, first.content)
    assert Evidence.objects.filter(url=EVIDENCE["url"]).count() == 1


def test_a_name_is_not_used_for_something_else(writer: Writer) -> None:
    writer.written("claims/", {"wording": "The bridge is safe."}, name="x")
    told = "idempotency-key-reused"
    writer.refused("claims/", {"wording": "Another."}, 422, told, name="x")
    writer.refused("articles/", {"wording": "The bridge is safe."}, 422, told, name="x")


def test_another_key_has_names_of_its_own(api: Api, writer: Writer, reviewer: User) -> None:
    writer.written("claims/", {"wording": "The bridge is safe."}, name="x")
    Writer(api, reviewer).written("claims/", {"wording": "Another."}, name="x")


def test_what_was_refused_leaves_the_name_free(writer: Writer) -> None:
    writer.refused("claims/", {"wording": ""}, 422, "values-not-usable", name="x")
    writer.written("claims/", {"wording": "Now it has words."}, name="x")


@pytest.mark.parametrize("name", ["", '""', '" "', '"open', "é", "a b", "a" * 256, '"a\\x"', "\t"])
def test_a_write_needs_a_name(writer: Writer, name: str) -> None:
    writer.refused("claims/", {"wording": "w"}, 400, "bad-idempotency-key", name=name)


def test_an_answer_is_kept_for_thirty_days(writer: Writer) -> None:
    first = writer.written("claims/", {"wording": "The bridge is safe."}, name="x")
    write = ApiWrite.objects.get()
    assert write.expires_at - write.at == timedelta(days=30)
    prune_api_writes.call()
    assert ApiWrite.objects.count() == 1
    ApiWrite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    writer.written("claims/", {"wording": "Another."}, name="x")
    assert Claim.objects.count() == 2
    assert ApiWrite.objects.get().public_id != first["id"]
    ApiWrite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    prune_api_writes.call()
    assert not ApiWrite.objects.exists()


def test_what_the_database_refuses_for_another_reason_is_not_being_written(
    contributor: User,
) -> None:
    with pytest.raises(IntegrityError) as twice, transaction.atomic():
        User.objects.create(username=contributor.username)
    with pytest.raises(IntegrityError) as unknown, transaction.atomic():
        Claimant.objects.create(name="Ada Berg", kind="nonsense")
    assert is_taken(twice.value)
    assert not is_taken(unknown.value)
