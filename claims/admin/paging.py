"""Pages of lists that may be long: counted as far as a person reads a number, and never to their end."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, InvalidPage, Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

COUNTED = 1_000
LAST_ROW = 2**63 - 1


class UncountedPage(Page[Any]):
    """A page of a list whose end nobody knows: only whether another page follows."""

    def __init__(self, rows: list[Any], number: int, paginator: BoundedPaginator) -> None:
        super().__init__(rows[: paginator.per_page], number, paginator)
        self.is_followed = len(rows) > paginator.per_page

    def has_next(self) -> bool:
        return self.is_followed

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1


class BoundedPaginator(Paginator[Any]):
    """Counts up to 1,000 rows; of a longer list it reads each page with one row more, to know whether it goes on."""

    shown: Page[Any] | None = None

    @cached_property
    def count(self) -> int:
        """How many rows there are, or 1,001 where there are more than 1,000."""
        rows: Any = self.object_list
        number: int = rows.order_by().values("pk")[: COUNTED + 1].count()
        return number

    @property
    def is_long(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.count > COUNTED

    @property
    def counted(self) -> int:
        """How many rows are counted at most."""
        return COUNTED

    def page(self, number: int | str) -> Page[Any]:
        self.shown = self._uncounted(number) if self.is_long else super().page(number)
        return self.shown

    def _uncounted(self, number: int | str) -> UncountedPage:
        try:
            asked = int(number)
        except ValueError as error:
            raise InvalidPage from error
        first = (asked - 1) * self.per_page
        if not 0 <= first <= LAST_ROW - self.per_page - 1:
            raise EmptyPage(_("There is no such page."))
        rows: list[Any] = list(self.object_list[first : first + self.per_page + 1])
        if not rows and asked > 1:
            raise EmptyPage(_("There is no such page."))
        return UncountedPage(rows, asked, self)
