"""`manage.py rebuild_documents`: derive every cached column and document anew from the history."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from claims.history.recorder import locked
from claims.models import Claim
from claims.workflow.checking import rebuild


class Command(BaseCommand):
    """Rebuild what is derived, one claim at a time under its lock."""

    help = "Rebuild cached columns and documents (after an upgrade that changed their shape)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild all claims."""
        claims = Claim.objects.order_by("pk")
        for claim in tqdm(claims.iterator(), total=claims.count(), unit="claim", disable=None):
            with transaction.atomic():
                rebuild(locked(claim))
        self.stdout.write(f"{claims.count()} claims rebuilt from their history.")
