"""Verbs on filters that people keep for themselves: save_filter, delete_filter."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.desk_vocabulary import FILTERED_BY, FilteredList
from claims.models import SavedFilter, User
from claims.workflow.inputs import clean_choice, clean_text
from claims.workflow.refusals import RuleBroken, must_work_here

LONGEST_NAME, LONGEST_QUERY, MOST = 60, 1_000, 50


def save_filter(*, list: FilteredList, name: str, query: str, by: User) -> SavedFilter:
    """Keep what a list is narrowed by, under a name of one's own; `query` is the list's query string.

    Raises RuleBroken for a name one has already, for a query of nothing or of what the list is not narrowed by, and
    for more than fifty filters of one list.
    """
    must_work_here(by)
    which = clean_choice("list", list, FilteredList)
    label = clean_text("name", name, limit=LONGEST_NAME, required=True)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        mine = SavedFilter.objects.of(by, which)
        if mine.filter(name__iexact=label).exists():
            raise RuleBroken(_("You have a filter of this name."), field="name")
        if mine.count() >= MOST:
            said = _("You have %(most)d filters of this list: delete one first.") % {"most": MOST}
            raise RuleBroken(said)
        return SavedFilter.objects.create(
            person=by, list=which, name=label, query=_clean_query(which, query)
        )


def delete_filter(saved: SavedFilter, *, by: User) -> None:
    """Delete a filter of one's own. Raises PermissionDenied for somebody else's."""
    must_work_here(by)
    if saved.person_id != by.pk:
        raise PermissionDenied(_("This is somebody else's filter."))
    SavedFilter.objects.filter(pk=saved.pk).delete()


def _clean_query(which: FilteredList, query: str) -> str:
    text = clean_text("query", query, limit=LONGEST_QUERY)
    try:
        pairs = parse_qsl(text.removeprefix("?"), max_num_fields=20)
    except ValueError:
        pairs = [("", "")]
    if not pairs:
        raise RuleBroken(_("Nothing is narrowed: choose a filter first."), field="query")
    if {name for name, _value in pairs} - FILTERED_BY[which] or any(
        "\0" in value for _name, value in pairs
    ):
        raise RuleBroken(_("This list is not narrowed by all of that."), field="query")
    return urlencode(pairs)
