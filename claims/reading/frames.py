"""Turn the reporting words of a sentence into statements: who, by which cue, what.

Each cue is tried in turn as standing beside a quotation, before its content, and behind it.
"""

from __future__ import annotations

from typing import Final

from claims.reading.beside import beside_quotation
from claims.reading.closings import (
    according,
    asked,
    closes_inverted,
    closing,
    opens_inverted,
    passive,
)
from claims.reading.contents import content_start
from claims.reading.cues import NOUN_LIKE
from claims.reading.detection import Cue, cues_of
from claims.reading.drafts import Draft, Scene
from claims.reading.ends import clause_end, object_end
from claims.reading.hedges import quoted_after_colon, read_colon, read_hedges, read_nouns
from claims.reading.plausibility import plausible
from claims.reading.sentences import Sentence
from claims.reading.signatures import signed
from claims.reading.skips import past_adverbials, quoted_ahead
from claims.reading.subjects import Subject, subject_before
from claims.reading.words import DETERMINERS

_OBJECT_PRONOUNS: Final = frozenset("him her it them himself herself that".split())
_AROUND: Final = frozenset("when while until after before because during".split())
_NOUN_FOLLOWERS: Final = frozenset("of in on for about from to by at with and or".split())


def read_sentence(items: Sentence) -> list[Draft]:
    """The statements of one sentence."""
    cues = cues_of(items)
    subjects = [_subject(items, cue) for cue in cues]
    cues = [_coordinated(items, cues, subjects, index) for index in range(len(cues))]
    scene = Scene(items, cues, subjects)
    aside = _aside(scene)
    for index, cue in enumerate(cues):
        if index in aside:
            continue
        if cue.kind == "according":
            according(scene, index)
        elif cue.start >= scene.done:
            _read(scene, index)
    read_colon(scene)
    if not scene.drafts and (draft := signed(items)) is not None:
        scene.drafts.append(draft)
    read_nouns(scene)
    read_hedges(scene)
    return scene.drafts


def _aside(scene: Scene) -> set[int]:
    """The cues that only tell who speaks: "“...,” an aide, who asked not to be named, said"."""
    found: set[int] = set()
    for cue, subject in zip(scene.cues, scene.subjects, strict=True):
        quoted = subject is not None and subject.clause and scene.items[subject.clause - 1]
        if subject and quoted and quoted.kind == "q" and quoted.low in (",", "?", "!", "…"):
            found |= {
                index
                for index, other in enumerate(scene.cues)
                if subject.end <= other.start < cue.start
            }
    return found


def _subject(items: Sentence, cue: Cue) -> Subject | None:
    if cue.kind in ("participle", "according", "asked"):
        return None
    return subject_before(items, cue.start, 0)


def _coordinated(
    items: Sentence, cues: list[Cue], subjects: list[Subject | None], index: int
) -> Cue:
    """ "... criticized the plan and called it a mistake": a second verb of the same subject."""
    cue = cues[index]
    if cue.kind != "verb" or subjects[index] is not None or cue.start == 0 or cue.end >= len(items):
        return cue
    earlier = [c for c in cues[:index] if c.kind in ("verb", "coordinate")]
    before, after = items[cue.start - 1], items[cue.end]
    joined = before.kind == "w" and before.low in ("and", "but", "then")
    listed = bool(earlier) and before.low == "," and after.low in _OBJECT_PRONOUNS
    same = (
        before.low == "but"
        or not earlier
        or any(set(c.form.tense + "b") & set(cue.form.tense) for c in earlier)
    )
    unclear = items[cue.word].low in NOUN_LIKE and after.low in _NOUN_FOLLOWERS
    return cue._replace(kind="coordinate") if (joined or listed) and same and not unclear else cue


def _read(scene: Scene, index: int) -> None:
    cue = scene.cues[index]
    if cue.kind == "passive":
        passive(scene, index)
        return
    if cue.kind == "asked":
        asked(scene, index)
        return
    subject = scene.subjects[index]
    if subject is not None and _as_said(scene, index, subject):
        return
    if subject is not None and subject.start < scene.done < subject.end:
        subject = Subject(scene.done, subject.end, scene.done, subject.kind)
    if opens_inverted(scene, index) or beside_quotation(scene, index, subject):
        return
    if not plausible(scene, cue, subject) or (subject is None and closes_inverted(scene, index)):
        return
    _ = _after(scene, index, subject) or closing(scene, index, subject)


def _as_said(scene: Scene, index: int, subject: Subject) -> bool:
    """ "As the mayor put it, ...": the content is what follows the comma."""
    cue, items = scene.cues[index], scene.items
    if subject.clause == 0 or items[subject.clause - 1].low != "as" or "c" not in cue.form.frames:
        return False
    comma = past_adverbials(items, cue.end, len(items)) if cue.end < len(items) else None
    if comma is not None and items[comma : comma + 1] and items[comma].low in ("of", "about"):
        quoted = quoted_ahead(items, comma, len(items))
        comma = quoted - 1 if quoted is not None else None
    if comma is None or comma >= len(items) or items[comma].low != "," or subject.clause > 2:
        return False
    span = scene.content_span(comma + 1, len(items))
    if span is None:
        return False
    direct = items[comma + 1].kind == "q" and all(item.kind == "p" for item in items[comma + 2 :])
    if direct:
        span = (items[comma + 1].inner_start, items[comma + 1].inner_end)
    scene.add(cue, subject, [span], direct=direct).ends_quoted = items[-1].kind == "q"
    scene.done = len(items)
    return True


def _after(scene: Scene, index: int, subject: Subject | None) -> bool:
    cue, items = scene.cues[index], scene.items
    end = scene.limit(index)
    start = content_start(items, cue, end)
    if start is None or start >= end:
        return False
    if items[start].kind == "q" and _stands_alone(items, cue, start, end):
        content = (items[start].inner_start, items[start].inner_end)
        scene.add(cue, subject, [content], direct=True).ends_quoted = True
        scene.done = start + 1
        return True
    if _takes_object(items, cue, start):
        if quoted_after_colon(scene, start) is not None:
            return False
        end = object_end(items, start, end)
    else:
        end = clause_end(items, start, end)
    span = scene.content_span(start, end)
    if span is None:
        return False
    scene.add(cue, subject, [span], direct=False).ends_quoted = items[-1].kind == "q"
    scene.done = end
    return True


def _takes_object(items: Sentence, cue: Cue, start: int) -> bool:
    """Whether a noun phrase, not a clause, follows the cue."""
    if "o" not in cue.form.frames or "p" in cue.form.frames:
        return False
    if items[start - 1].low == "that" or items[start].low in (
        "how",
        "why",
        "whether",
        "if",
        "what",
        "to",
    ):
        return False
    return "c" not in cue.form.frames or cue.end > cue.word + 1 or items[start].low in DETERMINERS


def _stands_alone(items: Sentence, cue: Cue, at: int, end: int) -> bool:
    """Whether a quotation after the cue is the whole content rather than the first words of a clause."""
    rest = at + 1
    if rest + 1 < end and items[rest].low in ("and", "but") and items[rest + 1].low == "that":
        return False
    if rest >= end or all(item.kind == "p" for item in items[rest:end]):
        return True
    if items[at].upper and (set(cue.form.frames) <= {"q"} or items[rest].low in _AROUND):
        return True
    if items[at - 1].low == ":" or items[rest].low in ("—", "–"):
        return True
    apart = (
        items[at].upper
        or items[at - 1].kind == "p"
        or items[rest].low == ","
        or items[at].low == ","
    )
    return items[at].low in (",", ".", "?", "!") and apart
