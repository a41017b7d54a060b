"""`manage.py rebuild_search`: make the search index anew from the claims."""

from __future__ import annotations

from typing import Any

from tqdm import tqdm

from claims.management.console import OperatorCommand
from claims.models import Claim
from claims.search import index


class Command(OperatorCommand):
    """Rebuild the search index in one transaction."""

    help = (
        "Make the search index anew (after an upgrade that changed its shape, after installing "
        "unaccent, or when a check found it out of step). Writers wait meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many claims can be found."""
        number = 0
        total = Claim.objects.standing().count()
        with tqdm(total=total, unit="claim", disable=None) as progress:
            for brought_in in index.rebuild():
                number += brought_in
                progress.update(brought_in)
        self.stdout.write(f"{number} claims can be found by their words.")
