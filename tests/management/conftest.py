"""An export to rebuild a register from."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from claims.exports.writing import Export
from tests import factories
from tests.management.eventful import eventful_claim, merged_claim
from tests.management.rebuilding import exported

MADE: list[Export] = []


@pytest.fixture
def first(db: None, tmp_path: Path) -> Export:
    """An export of a register to which everything happened, made once, in front of an empty one."""
    if not MADE:
        with transaction.atomic():
            eventful_claim(), merged_claim(), factories.ClaimFactory.create()
            MADE.append(exported(Path(tempfile.mkdtemp())))
            transaction.set_rollback(True)
    folder = tmp_path / MADE[0].folder.name
    shutil.copytree(MADE[0].folder, folder)
    return replace(MADE[0], folder=folder)
