"""Fields that offer pieces of evidence which are in memory already, each said so that it can be told apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from claims.models import Evidence


def said(piece: Evidence) -> str:
    """Return a piece in one line: what it does to the claim, its title, and whose it is."""
    whose = f" · {piece.publisher_name}" if piece.publisher_name else ""
    return f"{piece.get_stance_display()}: {piece}{whose}"


class PieceField(forms.ChoiceField):
    """One piece of those offered, or none; nothing is asked of the database, so no key is too odd for it."""

    def offer(self, pieces: Iterable[Evidence], *, none: str) -> None:
        """Let people choose among `pieces`; `none` says what no choice means."""
        self.rows = {str(piece.pk): piece for piece in pieces}
        self.choices = [("", none), *((key, said(piece)) for key, piece in self.rows.items())]

    def clean(self, value: Any) -> Evidence | None:
        """Return the row itself."""
        return self.rows.get(super().clean(value))


class PiecesField(forms.MultipleChoiceField):
    """Any number of pieces of those offered."""

    def offer(self, pieces: Iterable[Evidence]) -> None:
        """Let people tick some of `pieces`."""
        self.rows = {str(piece.pk): piece for piece in pieces}
        self.choices = [(key, said(piece)) for key, piece in self.rows.items()]

    def clean(self, value: Any) -> list[Evidence]:
        """Return the rows themselves."""
        return [self.rows[key] for key in super().clean(value)]
