"""What changed on a claim's page between two moments: its wording, what stands for and against it, its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from claims.differences import differences
from claims.documents import Document
from claims.layout.changes import PEOPLE, TEXTS, Change, basis, listed, notices_of, whole
from claims.layout.words import STORIES
from claims.vocabulary import Cause, Stance


@dataclass(frozen=True, slots=True)
class Told:
    """One act of the history in a few words."""

    entry: Document
    title: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents of one claim, what differs between them, and the acts that made it so."""

    before: Document
    after: Document
    changes: list[Change]
    acts: list[Told]

    @property
    def same_status(self) -> bool:
        """Whether the status is the same at both moments."""
        return bool(self.before["status"] == self.after["status"])


def compare(before: Document, after: Document) -> Comparison:
    """Return what differs between an earlier and a later document."""
    known = before["head"]["number"]
    return Comparison(
        before=before,
        after=after,
        changes=[change for change in _fields(before, after) if change.is_one],
        acts=[
            Told(entry, str(STORIES[entry["act"]]))
            for entry in after["history"]
            if entry["number"] > known
        ],
    )


def _fields(before: Document, after: Document) -> Iterator[Change]:
    old, new = before["verdict"] or {}, after["verdict"] or {}
    yield Change(_("The wording"), differences(before["wording"] or "", after["wording"] or ""))
    yield Change(_("Claimant"), whole(_claimant(before), _claimant(after)))
    for name, label in TEXTS:
        yield Change(label, differences(old.get(name) or "", new.get(name) or ""))
    yield Change(_("Evidence"), listed(_evidence(before), _evidence(after)), is_list=True)
    yield Change(_("Where it was said"), listed(_places(before), _places(after)), is_list=True)
    yield Change(_("It rests on"), listed(basis(before), basis(after)), is_list=True)
    yield Change(_("Notices"), listed(notices_of(before), notices_of(after)), is_list=True)
    yield Change(_("Why this verdict"), whole(_cause(old), _cause(new)))
    for name, label in PEOPLE:
        yield Change(label, whole(old.get(name) or "", new.get(name) or ""))


def _claimant(document: Document) -> str:
    part = document["claimant"] or {}
    return ", ".join(filter(None, (part.get("name"), part.get("role"))))


def _cause(verdict: Document) -> str:
    return str(Cause(verdict["cause"]).label) if verdict else ""


def _evidence(document: Document) -> list[str]:
    """Return the evidence that stands, each piece with its stance, number and name."""
    return [
        say("%(stance)s (no. %(number)s): %(name)s")
        % {
            "stance": Stance(part["stance"]).label,
            "number": part["entry"],
            "name": part["title"] or part["source_text"] or part["url"] or say("[removed]"),
        }
        for part in document["evidence"]
        if not part["withdrawn"]
    ]


def _places(document: Document) -> list[str]:
    """Return the places where it was said that stand, by the titles of their articles."""
    places = [part for part in document["appearances"] if not part["withdrawn"]]
    return [
        say("No. %(number)s: %(name)s")
        % {"number": part["entry"], "name": part["article"]["title"] or say("[removed]")}
        for part in places
    ]
