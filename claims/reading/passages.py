"""Which sentences and paragraphs speak with one voice: quotations that go on, and those nobody introduces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from claims.reading.detection import cues_of
from claims.reading.drafts import Draft, Span
from claims.reading.frames import read_sentence
from claims.reading.openings import opening_subject
from claims.reading.sentences import MAX_ITEMS, Sentence, paragraphs, sentences
from claims.reading.signatures import labels_of, signer, turn
from claims.reading.subjects import subject_before

_LONG_QUOTATION: Final = 20
_MOSTLY: Final = 0.8
_JOINING: Final = frozenset(("and", "but", "yet"))
_ANAPHORS: Final = frozenset(("it", "them", "this", "that", "those", "these"))


def read_passages(text: str) -> Iterator[Draft]:
    """The drafts of all paragraphs, each whole.

    A paragraph that only quotes goes on with the statement before it; one whose quotation is left
    open, as the press does when a quotation has several paragraphs, goes on in the next one.
    """
    reader = _Reader()
    labels = labels_of(text)
    for start, end in paragraphs(text):
        if spoken := turn(text, start, end, labels):
            yield from filter(_worth_telling, reader.begin([spoken], None))
        else:
            yield from filter(_worth_telling, reader.read(sentences(text, start, end)))
    yield from filter(_worth_telling, reader.waiting)


@dataclass(slots=True)
class _Reader:
    """What is remembered from one paragraph to the next.

    `waiting` are the drafts of the paragraph before, `last` the one a quotation would go on with,
    `introducing` its sentences where it ends in a colon.
    """

    waiting: list[Draft] = field(default_factory=list)
    last: Draft | None = None
    introducing: list[Sentence] = field(default_factory=list)

    def begin(self, drafts: list[Draft], last: Draft | None) -> list[Draft]:
        """Start anew with these drafts; give those that nothing can be added to any more."""
        finished, self.waiting, self.last = self.waiting, drafts, last
        self.introducing = []
        return finished

    def read(self, found: list[Sentence]) -> list[Draft]:
        """Read a paragraph; give the drafts that are finished."""
        quoted = _only_quoted(found)
        if quoted:
            return self._go_on(found, quoted)
        if _unsigned(self.waiting) and found and (name := signer(found[0], 0)):
            self.waiting[0].source, self.waiting[0].source_kind = name, "name"
            return self.begin([], None)
        drafts, following = _paragraph(found)
        if self.last is not None and self.last.cue is None and _begins_quoted(drafts, found):
            drafts[0].fragments[:0] = self.last.fragments
            self.waiting = []
        finished = self.begin(drafts, following or _reaching(drafts, found))
        self.introducing = found if found and found[-1][-1].low == ":" else []
        return finished

    def _go_on(self, found: list[Sentence], quoted: list[Span]) -> list[Draft]:
        """Read a paragraph that only quotes."""
        if self.introducing:
            self.waiting, self.last = _introduced(self.introducing, found, quoted)
            self.introducing = []
            return []
        unclosed = found[-1][-1].unclosed
        if self.last is not None:
            self.last.fragments.extend(quoted)
            self.last = self.last if self.last.cue is not None or unclosed else None
            return []
        draft = Draft(None, None, "continued", quoted, direct=True)
        return self.begin([draft], draft if unclosed else None)


def _unsigned(waiting: list[Draft]) -> bool:
    """Whether the paragraph before is a quotation that nobody introduced."""
    return len(waiting) == 1 and waiting[0].source is None and waiting[0].cue is None


def _worth_telling(draft: Draft) -> bool:
    """A few quoted words without a cue are a title or a slogan."""
    return draft.cue is not None or sum(b - a for a, b in draft.fragments) >= _LONG_QUOTATION


def _only_quoted(found: list[Sentence]) -> list[Span]:
    """The quotations of a paragraph without a word outside them; else nothing."""
    if any(
        item.kind == "w" and item.low not in _JOINING for sentence in found for item in sentence
    ):
        return []
    return [span for sentence in found for span in _quotations(sentence)]


def _quotations(sentence: Sentence) -> list[Span]:
    return [(item.inner_start, item.inner_end) for item in sentence if item.kind == "q"]


def _begins_quoted(drafts: list[Draft], found: list[Sentence]) -> bool:
    """Whether the first statement of a paragraph begins with the quotation the paragraph begins with."""
    first = found[0][0] if found else None
    if first is None or not drafts or first.kind != "q":
        return False
    return drafts[0].fragments[0][0] == first.inner_start


def _reaching(drafts: list[Draft], found: list[Sentence]) -> Draft | None:
    """The statement that the quotation belongs to in which a paragraph ends without closing it."""
    if not found or not found[-1][-1].unclosed:
        return None
    end = found[-1][-1].inner_end
    return next((draft for draft in drafts if draft.fragments[-1][1] == end), None)


def _paragraph(found: list[Sentence]) -> tuple[list[Draft], Draft | None]:
    """The drafts of a paragraph, and the one that its last words belong to when they are a quotation."""
    drafts: list[Draft] = []
    last: Draft | None = None
    for index, sentence in enumerate(found):
        quoted = _only_quoted([sentence])
        if last is not None and quoted:
            last.fragments.extend(quoted)
            continue
        read = read_sentence(sentence)
        if not read and last is not None and last.direct and _mostly_quoted(sentence):
            last.fragments.extend(_quotations(sentence))
            continue
        if quoted and index and not read and _narrates(found[index - 1]):
            read = [_unintroduced(found[index - 1], quoted)]
        _pass_on_nested(read, sentence)
        ending = [draft for draft in read if draft.ends_quoted and draft.direct]
        voiced = ending or [draft for draft in read if draft.source or draft.direct]
        last = voiced[-1] if voiced else None
        drafts.extend(read)
    return drafts, _going_on(drafts)


def _going_on(drafts: list[Draft]) -> Draft | None:
    """Whom a paragraph that only quotes goes on with: the statement that the one before it ends quoting."""
    if not drafts or not (drafts[-1].direct or drafts[-1].ends_quoted):
        return None
    return next((draft for draft in reversed(drafts) if draft.cue is not None), None)


def _introduced(
    before: list[Sentence], found: list[Sentence], quoted: list[Span]
) -> tuple[list[Draft], Draft | None]:
    """The drafts of a paragraph that ends in a colon, read as one with the quotation behind it."""
    joined = before[-1] + [item for sentence in found for item in sentence]
    drafts, last = _paragraph([*before[:-1], joined[:MAX_ITEMS]])
    if len(joined) <= MAX_ITEMS and any(
        start == quoted[0][0] for draft in drafts for start, _ in draft.fragments
    ):
        return drafts, last
    drafts, _ = _paragraph(before)
    last = _unintroduced(before[-1], quoted)
    return [*drafts, last], last


def _mostly_quoted(sentence: Sentence) -> bool:
    """Whether hardly a word of the sentence is the article's own."""
    if not sentence or sentence[0].kind != "q":
        return False
    quoted = sum(end - start for start, end in _quotations(sentence))
    return quoted >= _MOSTLY * (sentence[-1].end - sentence[0].start)


def _narrates(sentence: Sentence) -> bool:
    """Not so a run of names, as before the title in a list of sources."""
    return any(item.kind == "w" and not item.upper for item in sentence)


def _unintroduced(before: Sentence, quoted: list[Span]) -> Draft:
    """ "Ann Smith smiled. “We waited for years.”": likely the words of whom the sentence before is about."""
    subjects = [subject_before(before, cue.start, 0) for cue in cues_of(before)]
    who = next(filter(None, reversed(subjects)), None) or opening_subject(before, len(before))
    if who is None or who.kind not in ("name", "pronoun"):
        return Draft(None, None, "continued", quoted, direct=True)
    source = (before[who.start].start, before[who.end - 1].end)
    return Draft(None, source, who.kind, quoted, direct=True)


def _pass_on_nested(read: list[Draft], sentence: Sentence) -> None:
    """ "... aware of news reports that ..., but was unable to confirm them": the reports are meant again."""
    words = {item.start: item.low for item in sentence}
    for earlier, draft in pairwise(read):
        if draft.nested is None and words.get(draft.fragments[0][0]) in _ANAPHORS:
            draft.nested = earlier.nested
