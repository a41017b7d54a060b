"""What people narrow the lists of the desk by, kept under names of their own. Internal."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Lower, Now

from claims.desk_vocabulary import FilteredList
from claims.models.fields import known_value
from claims.models.user import User


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Reads of saved filters."""

    def of(self, person: User, which: FilteredList) -> Self:
        """Those that `person` keeps of one list, by name."""
        return self.filter(person=person, list=which).order_by(Lower("name"))


class SavedFilter(models.Model):
    """One person's name for one way to narrow one list."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="saved_filters", db_index=False
    )
    list = models.CharField(max_length=8, choices=FilteredList.choices)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField(db_default=Now())

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            known_value("saved_filter_list_known", "list", FilteredList),
            models.UniqueConstraint("person", "list", Lower("name"), name="saved_filter_once"),
            models.CheckConstraint(name="saved_filter_named", condition=~models.Q(name="")),
            models.CheckConstraint(name="saved_filter_narrows", condition=~models.Q(query="")),
        ]

    def __str__(self) -> str:
        return self.name
