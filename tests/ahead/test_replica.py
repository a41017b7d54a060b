"""Answers ahead of Django where there is a replica."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from claims import replicas
from factcheck.ahead import marks_now
from factcheck.plain_questions import question_of
from tests.factories import published_claim
from tests.test_replica import Steady, replica

__all__ = ["replica"]  # a fixture


def test_what_is_answered_ahead_of_django_asks_the_replica_too(
    replica: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/v1/claims/{published_claim().public_id}/"
    environ = RequestFactory().get(path, headers={"Host": "testserver"}).environ
    known = question_of(environ)
    assert known is not None
    assert known.read is not None
    with (
        CaptureQueriesContext(connections["default"]) as first,
        CaptureQueriesContext(replica) as second,
    ):
        assert marks_now(known.read, known.public_id)
    assert (len(first), len(second)) == (0, 1)
    monkeypatch.setattr(replicas, "watch", Steady(caught_up=False))
    with CaptureQueriesContext(replica) as second:
        assert marks_now(known.read, known.public_id)
    assert len(second) == 0
