"""What a claim's document must say, kept by hand beside the register: an opinion of its own, not a second replay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from claims.documents import Document

Buried = frozenset[tuple[int, str]]
LISTS = (
    ("wordings", "entry", "wording."),
    ("appearances", "entry", "appearance."),
    ("evidence", "entry", "evidence."),
    ("history", "number", ""),
)


@dataclass(frozen=True)
class Expected:
    """A claim after some acts: its wordings and verdict by entry number, what was withdrawn, where it ended."""

    wordings: tuple[tuple[int, str], ...] = ()
    status: str | None = None
    verdict: int | None = None
    published: bool = False
    merged: bool = False
    withdrawn: frozenset[int] = field(default_factory=frozenset)
    discarded: bool = False
    alone: bool = False

    def reworded(self, number: int, text: str) -> Expected:
        """Return what is expected after a rewording."""
        return replace(self, wordings=(*self.wordings, (number, text.strip())))

    def given(self, number: int, status: str, *, alone: bool = False) -> Expected:
        """Return what is expected after a verdict, be it by one person alone."""
        return replace(self, status=status, verdict=number, published=True, alone=alone)

    def voided(self) -> Expected:
        """Return what is expected after the verdict was taken back."""
        return replace(self, status=None, verdict=None, alone=False)

    def without(self, number: int) -> Expected:
        """Return what is expected after an appearance or a piece of evidence was withdrawn."""
        return replace(self, withdrawn=self.withdrawn | {number})

    def check(self, document: Document | None, buried: Buried) -> None:
        """Compare a document with what is expected of it, values erased by then or since being gone."""
        assert not (self.published and self.discarded)
        assert (document is not None) == self.published
        if document is None:
            return
        number, text = self.wordings[-1]
        assert document["wording"] == (None if (number, "wording.text") in buried else text)
        assert document["status"] == self.status
        assert (document["verdict"] or {}).get("entry") == self.verdict
        assert document["verdict_published_by_one"] == self.alone
        assert (document["merged_into"] is not None) == self.merged
        parts = (*document["appearances"], *document["evidence"])
        taken_back = {part["entry"] for part in parts if part["withdrawn"]}
        assert taken_back == self.withdrawn
        assert markers(document) == {mark for mark in buried if self._shows(document, mark)}

    def _shows(self, document: Document, mark: tuple[int, str]) -> bool:
        number, name = mark
        if name.startswith("verdict."):
            return number == self.verdict
        return number <= int(document["head"]["number"])


def markers(document: Document) -> set[tuple[int, str]]:
    """Return every erasure that a document owns up to: entry number and the name of the value."""
    found = {
        (part[number], prefix + name)
        for key, number, prefix in LISTS
        for part in document[key]
        for name in part["redacted"]
    }
    verdict = document["verdict"] or {"redacted": {}}
    return found | {(verdict["entry"], f"verdict.{name}") for name in verdict["redacted"]}
