"""request_export by eight people at the same moment: one export is made."""

from __future__ import annotations

import pytest
from django.db import transaction

from claims.models import BackgroundTask, User
from claims.tasks import enqueue
from claims.tasks.exporting import export_nightly
from claims.vocabulary import Role
from claims.workflow import RuleBroken, request_export
from tests import factories
from tests.history.test_writers import WRITERS, at_once


@pytest.mark.usefixtures("committing_database")
def test_of_several_who_ask_at_once_one_is_told_yes() -> None:
    by = factories.person(Role.EDITOR)

    def ask(_writer: int) -> bool:
        try:
            with transaction.atomic():
                request_export(by=User.objects.get(pk=by.pk))
                enqueue(export_nightly)
        except RuleBroken:
            return False
        return True

    assert sorted(at_once(ask)) == [False] * (WRITERS - 1) + [True]
    assert BackgroundTask.objects.count() == 1
