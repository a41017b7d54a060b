"""Two people on one form: what stands now beside what the second one typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from claims.differences import Run, differences


@dataclass(frozen=True, slots=True)
class Versions:
    """One field in both versions, and the words that lead from the one to the other."""

    label: str
    theirs: str
    mine: str

    @property
    def runs(self) -> list[Run]:
        """The difference, word by word."""
        return differences(self.theirs, self.mine)


def both_versions(standing: forms.Form, sent: forms.Form) -> Iterator[Versions]:
    """Yield each field in which the form as it stands now differs from the one that was sent."""
    for field in sent.visible_fields():
        if field.name not in standing.fields:
            continue
        theirs = in_words(standing[field.name])
        mine = in_words(field)
        if theirs != mine:
            yield Versions(str(field.label), theirs, mine)


def in_words(field: forms.BoundField) -> str:
    """Return a field's value as a reader understands it: the labels of what was chosen."""
    value: Any = field.value()
    choices = dict(_flat(getattr(field.field, "choices", [])))
    values = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(choices.get(str(one), str(one)) for one in values if one not in (None, ""))


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(key), str(label)
