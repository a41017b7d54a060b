"""Frames whose content stands before the cue, or around it: a closing "X said", "according to", questions."""

from __future__ import annotations

from typing import Final

from claims.reading.cues import NEEDS_PARTICLE
from claims.reading.detection import Cue
from claims.reading.drafts import Scene, Span
from claims.reading.openings import subject_after
from claims.reading.sentences import Sentence
from claims.reading.skips import quoted_ahead
from claims.reading.subjects import Subject
from claims.reading.words import AUXILIARIES, DETERMINERS, LEADING, PRONOUNS, WEEKDAYS

_AFTERTHOUGHTS: Final = frozenset(
    "who which a an citing referring adding according as and but".split()
)
_INVERTING: Final = frozenset("say write add report announce explain warn argue note".split())
_SHORTEST_CLAUSE: Final = 3


def closing(scene: Scene, index: int, subject: Subject | None) -> bool:
    """A clause, a comma, and then "the agency said": the content stands before the cue."""
    cue, items = scene.cues[index], scene.items
    if not _may_close(cue, subject):
        return False
    who, clause = subject, subject.clause if subject else cue.start
    if who is None or who.start == scene.done:
        if cue.form.lemma not in _INVERTING:
            return False
        who, clause = subject_after(items, cue.end), cue.start
    comma = clause - 1
    if (
        who is None
        or comma < scene.done + _shortest(items, cue, subject)
        or items[comma].low not in (",", "—", "–")
    ):
        return False
    done = max(cue.end, who.end)
    rest = _goes_on(scene, index, done)
    before = (
        None
        if rest and _only_leads(items, scene.done, comma)
        else scene.content_span(scene.done, comma)
    )
    fragments = [span for span in (before, rest) if span is not None]
    if not fragments:
        return False
    scene.add(cue, who, fragments, direct=False)
    scene.done = done if rest is None else scene.limit(index)
    return True


def _shortest(items: Sentence, cue: Cue, subject: Subject | None) -> int:
    """How many items must stand before the cue: one is enough when the sentence goes on behind it."""
    goes_on = cue.end + 2 < len(items) and items[cue.end].low == ","
    return 1 if goes_on and subject is not None else _SHORTEST_CLAUSE


def _only_leads(items: Sentence, start: int, end: int) -> bool:
    return all(item.low in LEADING for item in items[start:end])


def _goes_on(scene: Scene, index: int, at: int) -> Span | None:
    """In "The mine, the agency said, will close" what follows the second comma."""
    items = scene.items
    if at + 2 >= len(items) or items[at].low != "," or items[at + 1].low in _AFTERTHOUGHTS:
        return None
    return scene.content_span(at + 1, scene.limit(index))


def closes_inverted(scene: Scene, index: int) -> bool:
    """Read "..., said the police." as a closing when nothing but a name follows the cue."""
    cue, items = scene.cues[index], scene.items
    who = subject_after(items, cue.end)
    if who is None or (who.end < len(items) and items[who.end].kind != "p"):
        return False
    if any(item.low in AUXILIARIES for item in items[who.start : who.end]):
        return False
    return closing(scene, index, None)


def opens_inverted(scene: Scene, index: int) -> bool:
    """Read "Said Ann Smith: “...”", where the verb opens the sentence."""
    cue, items = scene.cues[index], scene.items
    if cue.start > 0 or cue.kind != "verb" or not set(cue.form.frames) & set("cq"):
        return False
    who = subject_after(items, cue.end)
    if who is not None and not (items[who.start].upper or items[who.start].low in DETERMINERS):
        return False
    quoted = quoted_ahead(items, who.end - 1, len(items)) if who is not None else None
    if who is None or quoted is None or items[who.end].kind != "p":
        return False
    content = (items[quoted].inner_start, items[quoted].inner_end)
    scene.add(cue, who, [content], direct=True).ends_quoted = True
    scene.done = quoted + 1
    return True


def _may_close(cue: Cue, subject: Subject | None) -> bool:
    if not set(cue.form.frames) & set("cpn") or cue.kind in ("participle", "coordinate"):
        return False
    if cue.form.lemma in NEEDS_PARTICLE or (cue.form.lemma == "find" and cue.kind != "base"):
        return False
    return subject is None or subject.kind != "relative"


def according(scene: Scene, index: int) -> None:
    cue, items = scene.cues[index], scene.items
    who = subject_after(items, cue.end)
    if who is None:
        return
    end = _source_end(items, who)
    start = 1 if items[0].low in ("but", "and") else 0
    before = scene.content_span(start, cue.start)
    rest = _behind_source(scene, index, end)
    if before is not None and rest is not None and cue.start - start > 2 * _SHORTEST_CLAUSE + 2:
        rest = None
    fragments = [span for span in (before, rest) if span is not None]
    if fragments:
        source = Subject(who.start, end, who.start, who.kind)
        scene.add(cue, source, fragments, direct=False)
        scene.done = max(end, scene.done) if rest is None else scene.limit(index)


def _behind_source(scene: Scene, index: int, end: int) -> Span | None:
    items = scene.items
    for comma in range(end, min(len(items) - 1, end + 12)):
        if items[comma].low == "," and items[comma].kind == "p":
            if items[comma + 1].low in _AFTERTHOUGHTS - {"a", "an", "as"}:
                return None
            return scene.content_span(comma + 1, scene.limit(index))
    return None


def _source_end(items: Sentence, who: Subject) -> int:
    """A source after "according to" runs to the comma: "a poll released Monday by the institute"."""
    end = who.end
    while end < len(items) and end - who.start < 25 and items[end].kind == "w":
        if items[end].low in PRONOUNS:
            break
        if items[end].low == "on" and items[end + 1 : end + 2] and items[end + 1].low in WEEKDAYS:
            break
        end += 1
    return end


def passive(scene: Scene, index: int) -> None:
    cue, subject = scene.cues[index], scene.subjects[index]
    span = scene.content_span(subject.start, subject.end) if subject else None
    if span is not None:
        scene.add(cue, None, [span], direct=False)
        scene.done = cue.end


def asked(scene: Scene, index: int) -> None:
    """ "Asked whether ..., he said": a question whose asker the copy does not name."""
    cue, items = scene.cues[index], scene.items
    end = next(
        (i for i in range(cue.end, len(items)) if items[i].low in (",", "—", ".")), len(items)
    )
    span = scene.content_span(cue.end, end)
    if span is not None:
        scene.add(cue, None, [span], direct=False)
        scene.done = end
