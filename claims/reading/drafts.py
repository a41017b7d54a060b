"""What a sentence is known to say while it is being read: the scene, and statements in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.reading.detection import Cue
from claims.reading.ends import OPENING, first_comma, limit
from claims.reading.openings import antecedent, opening_subject, subject_from
from claims.reading.sentences import Sentence
from claims.reading.subjects import Subject
from claims.vocabulary import CueClass, Position

Span = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A statement in the making; spans count code points, `source_kind` is that of its subject."""

    cue: Span | None
    source: Span | None
    source_kind: str
    fragments: list[Span]
    direct: bool
    cue_class: CueClass = CueClass.NEUTRAL
    position: Position = Position.ASSERTS
    antecedent: Span | None = None
    nested: Span | None = None
    ends_quoted: bool = False


@dataclass(slots=True)
class Scene:
    """A sentence with its cues and their subjects, and the item up to which it is spoken for."""

    items: Sentence
    cues: list[Cue]
    subjects: list[Subject | None]
    done: int = 0
    drafts: list[Draft] = field(default_factory=list)
    speaker: tuple[Span | None, str] = (None, "none")

    def limit(self, index: int) -> int:
        """Where content after the cue of that index must end."""
        return limit(self.items, self.cues, self.subjects, index)

    def text_span(self, start: int, end: int) -> Span:
        """The code points of items [start:end]."""
        return self.items[start].start, self.items[end - 1].end

    def content_span(self, start: int, end: int) -> Span | None:
        """The code points of items [start:end] without punctuation at the edges."""
        items = self.items
        while end > start and items[end - 1].kind == "p" and items[end - 1].low in ".,;:—–-?!":
            end -= 1
        while start < end and items[start].kind == "p" and items[start].low in ",:;—–-":
            start += 1
        return self.text_span(start, end) if end > start else None

    def add(self, cue: Cue, who: Subject | None, fragments: list[Span], *, direct: bool) -> Draft:
        """Record a statement; a participle or a second verb takes the speaker of the sentence."""
        source, kind = self._source(cue, who)
        if source is not None and kind != "relative":
            self.speaker = (source, kind)
        draft = Draft(
            self.text_span(cue.start, cue.end),
            source,
            kind,
            fragments,
            direct,
            cue.cue_class,
            cue.position,
        )
        if who is not None and who.kind == "relative":
            before = antecedent(self.items, who.start)
            draft.antecedent = self.text_span(before.start, before.end) if before else None
        self.drafts.append(draft)
        return draft

    def _source(self, cue: Cue, who: Subject | None) -> tuple[Span | None, str]:
        dependent = cue.kind in ("participle", "coordinate")
        if who is None and dependent and self.speaker[0] is None:
            who = self._main_subject(cue)
        if who is not None:
            return self.text_span(who.start, who.end), who.kind
        return self.speaker if dependent else (None, "none")

    def _main_subject(self, cue: Cue) -> Subject | None:
        """Of "Smith left, saying ..." the opening phrase; of "Saying ..., Smith left" what follows the comma."""
        if cue.start > OPENING or (cue.start == OPENING and self.items[1].low == ","):
            return opening_subject(self.items, cue.start)
        behind = first_comma(self.items, cue.end + 1) + 1
        return subject_from(self.items, behind, len(self.items))
