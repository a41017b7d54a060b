"""Imports from a file that somebody on the desk sent: what was sent, how far it has come, what becomes of each row.

Internal. The file is cleared away when the import has ended; its rows are kept for as long as their report is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.desk_vocabulary import ENDED_IMPORTS, ImportFormat, ImportState, RowOutcome
from claims.models.claim import Claim
from claims.models.fields import known_value
from claims.models.user import User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Reads of imports."""

    def without_file(self) -> Self:
        """Leave the file where it is."""
        return self.defer("data", "mapping")

    def with_people(self) -> Self:
        """Fetch along who sent and who confirmed each."""
        return self.select_related("by", "confirmed_by")

    def untouched_since(self, moment: datetime) -> Self:
        """Those that have not ended, and of which nothing was heard since."""
        return self.exclude(state__in=ENDED_IMPORTS).filter(changed_at__lt=moment)

    def ended_before(self, moment: datetime) -> Self:
        """Those that ended before `moment`."""
        return self.filter(state__in=ENDED_IMPORTS, changed_at__lt=moment)


class ImportRun(models.Model):
    """One file on its way in. `done` counts the rows that the step at hand has dealt with."""

    format = models.CharField(_("format"), max_length=12, choices=ImportFormat.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.WAITING
    )
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField(help_text="In bytes")
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(null=True, help_text="The file, until the import has ended")
    mapping = models.TextField(blank=True, help_text="How a table is to be read")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text="Rows that were found in the file")
    trouble = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="imports")
    at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ("view",)
        ordering = ["-pk"]
        constraints = [
            known_value("import_format_known", "format", ImportFormat),
            known_value("import_state_known", "state", ImportState),
            models.CheckConstraint(
                name="import_failed_for_a_reason",
                condition=models.Q(state=ImportState.FAILED) ^ models.Q(trouble=""),
            ),
            models.CheckConstraint(
                name="import_file_until_its_end",
                condition=models.Q(state__in=ENDED_IMPORTS) ^ models.Q(data__isnull=False),
            ),
            models.CheckConstraint(
                name="import_confirmed_by_somebody",
                condition=models.Q(confirmed_by=None) ^ models.Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_under_way(self) -> bool:
        """Whether a worker still has to do its part."""
        return self.state not in (*ENDED_IMPORTS, ImportState.READY)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Reads of rows of imports."""

    def counted(self) -> dict[str, int]:
        """Return how many lines there are of each outcome."""
        lines = self.order_by().values_list("outcome").annotate(number=models.Count("pk"))
        return dict(lines)

    def in_order(self) -> Self:
        """As they were told, with their claims."""
        return self.select_related("claim").order_by("pk")


class ImportRow(models.Model):
    """What is to be said of one row: before the import what would become of it, after it what did."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    place = models.TextField(help_text="Such as: feed.json dataFeedElement[17]")
    outcome = models.CharField(max_length=16, choices=RowOutcome.choices)
    reason = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "outcome", "id"], name="import_rows_by_outcome")]
        constraints = [known_value("import_outcome_known", "outcome", RowOutcome)]

    def __str__(self) -> str:
        return f"{self.place}: {self.outcome}"

    @property
    def within(self) -> str:
        """Where the row stands in the file."""
        return self.place.removeprefix(f"{self.run.file_name} ")
