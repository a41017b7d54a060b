"""The frame of a quotation beside its cue: "...," X said; "...," said X; "...," he said, "..."."""

from __future__ import annotations

from typing import Final

from claims.reading.detection import Cue
from claims.reading.drafts import Scene, Span
from claims.reading.openings import subject_after
from claims.reading.sentences import Item, Sentence
from claims.reading.skips import LOOK_AHEAD
from claims.reading.subjects import Subject, noun_kind
from claims.reading.words import AUXILIARIES, DETERMINERS

_LONG_QUOTATION: Final = 24
_SPEAKERLESS: Final = frozenset("said says wrote added tweeted".split())
_BARE: Final = frozenset("said says tweeted wrote told".split())
_LONGEST_TITLE: Final = 70
_LONGEST_SPEAKER: Final = 12
_RESUMING: Final = frozenset("and but or adding before while as when".split())
_DASHES: Final = ("—", "–", "-")


def beside_quotation(scene: Scene, index: int, subject: Subject | None) -> bool:
    """Read the cue of that index as standing behind a quotation; False when none stands there."""
    cue = scene.cues[index]
    if cue.kind in ("participle", "coordinate") or not set(cue.form.frames) & set("qpcb"):
        return False
    who = subject or _all_between(scene.items, cue)
    bare = _closes(scene.items, cue) or _whole_sentence(scene.items[0])
    quoted = _quotation_ending(scene, who.clause, bare=bare) if who else None
    if quoted is None and subject is None:
        quoted = _quotation_ending(scene, cue.start, bare=scene.items[cue.word].low in _BARE)
        who = _inverted(scene, cue) if quoted is not None else None
    if quoted is None or (who is None and scene.items[cue.word].low not in _SPEAKERLESS):
        return False
    fragments = _left_fragments(scene, quoted)
    end = _sentence_rest(scene, index, who, fragments)
    direct = all(_is_quotation(scene, fragment) for fragment in fragments)
    if not direct and (more := _second_clause(scene, end, scene.limit(index))) is not None:
        fragments.append(more)
        end = scene.limit(index)
    scene.add(cue, who, fragments, direct=direct).ends_quoted = True
    scene.done = end
    return True


def _inverted(scene: Scene, cue: Cue) -> Subject | None:
    """The name behind the cue, unless a verb of its own follows: "Smith, “the fox,” said rain was due"."""
    who = subject_after(scene.items, cue.end)
    if who is None or any(item.low in AUXILIARIES for item in scene.items[who.start : who.end]):
        return None
    return who


def _all_between(items: Sentence, cue: Cue) -> Subject | None:
    """Whatever stands between a quotation's comma and the verb: "...,” a voice over says"."""
    end = cue.start - (cue.start > 1 and items[cue.start - 1].low == ",")
    start = end
    while start > 0 and end - start < _LONGEST_SPEAKER and items[start - 1].kind == "w":
        start -= 1
    words = items[start:end]
    quoted = start > 0 and items[start - 1].kind == "q" and items[start - 1].low in (",", "?", "!")
    if not quoted or len(words) < 2 or not (words[0].upper or words[0].low in DETERMINERS):
        return None
    return Subject(start, end, start, noun_kind(items, start, end))


def _closes(items: Sentence, cue: Cue) -> bool:
    """Whether nothing but punctuation follows the cue."""
    return cue.end >= len(items) or items[cue.end].kind == "p"


def _whole_sentence(item: Item) -> bool:
    """Whether a quotation is too long for a title: "“...” Smith told reporters" may lack its comma."""
    return item.kind == "q" and item.upper and item.inner_end - item.inner_start > _LONGEST_TITLE


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
    start = max([start, *(at + 1 for at in range(start, quoted) if items[at].low == "(")])
    long = item.inner_end - item.inner_start > _LONG_QUOTATION
    apart = items[quoted - 1].low in (":", *_DASHES)
    if start == quoted or (item.upper and (long or apart)):
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
    if begin < at < stop and _resumes(items, at):
        fragments.append((items[at].inner_start, items[at].inner_end))
        return at + 1
    return begin


def _resumes(items: Sentence, at: int) -> bool:
    """Whether the quotation goes on at items[at]; in "said Smith, whose band, “The Roads,” played" it does not."""
    if items[at - 1].low not in (",", ":", ";", "and", "that", *_DASHES):
        return False
    rest = items[at + 1 : at + 2]
    return items[at].low != "," or not rest or rest[0].kind == "p" or rest[0].low in _RESUMING


def _second_clause(scene: Scene, at: int, limit: int) -> Span | None:
    """What follows in "It was “a joke,” Lee said, and “should be stopped”": more of the same statement."""
    items = scene.items
    if at + 2 >= limit or items[at].low != "," or items[at + 1].low not in ("and", "but"):
        return None
    return (
        scene.content_span(at + 1, limit) if any(i.kind == "q" for i in items[at:limit]) else None
    )
