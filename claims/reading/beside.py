"""The frame of a quotation beside its cue: "...," X said; "...," said X; "...," he said, "..."."""

from __future__ import annotations

from typing import Final

from claims.reading.drafts import Scene, Span
from claims.reading.openings import subject_after
from claims.reading.skips import LOOK_AHEAD
from claims.reading.subjects import Subject

_LONG_QUOTATION: Final = 24
_SPEAKERLESS: Final = frozenset("said says wrote added tweeted".split())
_BARE: Final = frozenset("said says tweeted wrote told".split())
_DASHES: Final = ("—", "–", "-")


def beside_quotation(scene: Scene, index: int, subject: Subject | None) -> bool:
    """Read the cue of that index as standing behind a quotation; False when none stands there."""
    cue = scene.cues[index]
    if cue.kind in ("participle", "coordinate") or not set(cue.form.frames) & set("qpc"):
        return False
    who = subject
    quoted = _quotation_ending(scene, subject.clause) if subject is not None else None
    if quoted is None:
        quoted = _quotation_ending(scene, cue.start, bare=scene.items[cue.word].low in _BARE)
        who = subject_after(scene.items, cue.end) if quoted is not None else None
    if quoted is None or (who is None and scene.items[cue.word].low not in _SPEAKERLESS):
        return False
    fragments = _left_fragments(scene, quoted)
    end = _sentence_rest(scene, index, who, fragments)
    direct = all(_is_quotation(scene, fragment) for fragment in fragments)
    scene.add(cue, who, fragments, direct=direct).ends_quoted = True
    scene.done = end
    return True


def _quotation_ending(scene: Scene, before: int, *, bare: bool = False) -> int | None:
    """The index of a quotation that ends right before items[before], a comma between them allowed."""
    items, at = scene.items, before - 1
    if (
        at >= scene.done
        and items[at].kind == "p"
        and (items[at].low == "," or items[at].low in _DASHES)
    ):
        at -= 1
    if at < scene.done or items[at].kind != "q":
        return None
    sign = items[at].low
    long = items[at].inner_end - items[at].inner_start > _LONG_QUOTATION
    if at < before - 1 or (bare and (long or at == 0)) or sign in (",", "?", "!", "…", *_DASHES):
        return at
    return at if sign == "." and at == 0 else None


def _left_fragments(scene: Scene, quoted: int) -> list[Span]:
    """What is said before the cue: the quotation alone, or a sentence that ends in quoted words."""
    items, start = scene.items, scene.done
    while start < quoted and items[start].kind == "p":
        start += 1
    item = items[quoted]
    if start == quoted or (item.upper and item.inner_end - item.inner_start > _LONG_QUOTATION):
        return [(item.inner_start, item.inner_end)]
    while start < quoted and items[start].low in ("and", "but", "yet"):
        start += 1
    return [(items[start].start, item.end)]


def _is_quotation(scene: Scene, fragment: Span) -> bool:
    return any(
        i.kind == "q" and i.inner_start <= fragment[0] and fragment[1] <= i.inner_end
        for i in scene.items
    )


def _sentence_rest(scene: Scene, index: int, who: Subject | None, fragments: list[Span]) -> int:
    """Join what the sentence goes on to quote behind its cue; the item up to which it is spoken for."""
    items, cue = scene.items, scene.cues[index]
    begin = at = max(cue.end, who.end if who else 0)
    stop = min(scene.limit(index), at + LOOK_AHEAD)
    while at < stop and items[at].kind != "q":
        at += 1
    if begin < at < stop and items[at - 1].low in (",", ":", "and", "that", *_DASHES):
        fragments.append((items[at].inner_start, items[at].inner_end))
        return at + 1
    return begin
