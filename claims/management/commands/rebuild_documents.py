"""`manage.py rebuild_documents`: derive every cached column and document anew from the history."""

from __future__ import annotations

from typing import Any

from tqdm import tqdm

from claims.management.console import OperatorCommand
from claims.models import Claim
from claims.workflow.acting import rebuild_claim


class Command(OperatorCommand):
    """Rebuild what is derived, one claim at a time under its lock."""

    help = "Rebuild cached columns and documents (after an upgrade that changed their shape)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild all claims."""
        claims = Claim.objects.order_by("pk")
        for claim in tqdm(claims.iterator(), total=claims.count(), unit="claim", disable=None):
            rebuild_claim(claim)
        self.stdout.write(f"{claims.count()} claims rebuilt from their history.")
