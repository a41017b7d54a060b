"""Find the reporting words of a sentence, with the auxiliaries, negations and particles that belong to them."""

from __future__ import annotations

from typing import Final, NamedTuple

from claims.reading.cues import (
    CLASS_OF,
    FORMS,
    HEDGES,
    INVESTIGATING,
    NEEDS_PARTICLE,
    PARTICLES,
    POSITION_OF,
    REFUSING,
    VERIFIED,
    VERIFYING,
    Form,
)
from claims.reading.sentences import Sentence
from claims.reading.words import AUXILIARIES, CALENDAR, WEEKDAYS, is_adverb
from claims.vocabulary import CueClass, Position

MAX_CUES: Final = 24
_REACH: Final = 9
_CLITICS: Final = frozenset("'s 've 'd 'll 're 'm 't".split())
_ADVERBS: Final = frozenset(
    """also not never then later once even still just again always often sometimes usually seldom rarely now yet
    far first since further recently earlier previously already both too instead repeatedly twice monday
    tuesday wednesday thursday friday saturday sunday today yesterday tonight""".split()
)
_NOT: Final = frozenset("not never 't cannot".split())
_BE: Final = frozenset("is are was were be been being am 's 're 'm isn aren wasn weren".split())
_HAVE: Final = frozenset("has have had hasn haven hadn 've 'd 's having".split())
_SUPPORT: Final = frozenset(
    """do does did don doesn didn will would can could may might shall should must won wouldn couldn shouldn 'd 'll
    cannot""".split()
)
_CATENATIVE: Final = frozenset(
    """went goes going go continue continues continued continuing began begins begun seem seems seemed appear appears
    appeared used took takes twitter facebook unable able failed fails want wants wanted sought tried came
    proceeded dared hastened likes likely quick able yet expected scheduled set due""".split()
)
_QUESTION_WORDS: Final = frozenset("about if whether how why what when who by specifically".split())
_ACCORDING: Final = Form("accord", "i", "a")
_ASKED: Final = Form("ask", "p", "o")
_SAID: Final = Form("say", "p", "cq")
_RETORT: Final = Form("retort", "p", "b")
_OVERHEARD: Final = frozenset("quoted heard overheard seen caught recorded".split())
_PHRASES: Final = frozenset(
    (
        ("fired", "back"),
        ("fires", "back"),
        ("hit", "back"),
        ("hits", "back"),
        ("went", "on"),
        ("goes", "on"),
    )
)


class Cue(NamedTuple):
    """A reporting expression: items [start:end] with its verb at `word`."""

    start: int
    word: int
    end: int
    form: Form
    cue_class: CueClass
    position: Position
    kind: str  # verb, base, participle, coordinate, passive, asked, according


class _Left(NamedTuple):
    start: int
    be: bool
    have: bool
    support: bool
    negated: bool
    hedged: bool
    infinitive: bool
    unable: bool


def cues_of(items: Sentence) -> list[Cue]:
    """The reporting expressions of a sentence, left to right; at most MAX_CUES of them."""
    found: list[Cue] = []
    index = 0
    while index < len(items) and len(found) < MAX_CUES:
        cue = _cue_at(items, index) if items[index].kind == "w" else None
        if cue is not None:
            found.append(cue)
            index = cue.end
        else:
            index += 1
    return found


def _cue_at(items: Sentence, at: int) -> Cue | None:
    low = items[at].low
    if low == "according" and _low(items, at + 1) == "to":
        return Cue(at, at, at + 2, _ACCORDING, CueClass.NEUTRAL, Position.ASSERTS, "according")
    if low in REFUSING:
        return _refusal(items, at)
    if low in VERIFYING or low in VERIFIED:
        cue = _verification(items, at)
        if cue is not None:
            return cue
    if low == "asked" and _low(items, at + 1) in _QUESTION_WORDS and _unasked(items, at):
        end = at + 2 if items[at + 1].low in ("about", "if", "whether", "by") else at + 1
        return Cue(at, at, end, _ASKED, CueClass.NEUTRAL, Position.QUESTIONS, "asked")
    saying = at + 1 + (_low(items, at + 1) == "as")
    if low in _OVERHEARD and _low(items, saying) in ("saying", "telling"):
        start = _look_left(items, at).start
        return Cue(start, at, saying + 1, _SAID, CueClass.NEUTRAL, Position.ASSERTS, "verb")
    if low in ("put", "puts") and _low(items, at + 1) == "it":
        end = at + 4 if _low(items, at + 2) == "this" and _low(items, at + 3) == "way" else at + 2
        return Cue(at, at, end, _SAID, CueClass.NEUTRAL, Position.ASSERTS, "verb")
    if (low, _low(items, at + 1)) in _PHRASES and _low(items, at + 2) != "to":
        return Cue(at, at, at + 2, _RETORT, CueClass.NEUTRAL, Position.ASSERTS, "verb")
    form = FORMS.get(low)
    if form is None or (form.frames == "b" and all(item.kind != "q" for item in items[:at])):
        return None
    return _verb(items, at, form)


def _unasked(items: Sentence, at: int) -> bool:
    return (
        at == 0
        or _low(items, at - 1) in ("when", "if", "was", "were", "being", "been")
        or items[at - 1].low == ","
    )


def _low(items: Sentence, at: int) -> str:
    return items[at].low if 0 <= at < len(items) and items[at].kind == "w" else ""


def _refusal(items: Sentence, at: int) -> Cue | None:
    if _low(items, at + 1) != "to" or not _low(items, at + 2):
        return None
    verb = items[at + 2].low
    if verb not in FORMS and verb not in VERIFYING:
        return None
    left = _look_left(items, at)
    end = at + 3
    if _low(items, end) in ("on", "about", "to", "of"):
        end += 1
    low = items[at].low
    form = Form("refuse", "i" if low.endswith("ing") else "p", "co")
    kind = "participle" if low.endswith("ing") and not left.be else "verb"
    return Cue(left.start, at, end, form, CueClass.REFUSAL, Position.CANNOT_CONFIRM, kind)


def _verification(items: Sentence, at: int) -> Cue | None:
    """Unable to confirm, could not be verified: what a speaker or the article itself could not check."""
    left = _look_left(items, at)
    if not (left.negated or left.unable):
        return None
    passive = items[at].low in VERIFIED and left.be
    if items[at].low in VERIFIED and not passive and not left.have:
        return None
    form = Form("confirm", "p", "co")
    kind = "passive" if passive else "verb"
    return Cue(
        left.start, at, at + 1, form, CueClass.NON_CONFIRMATION, Position.CANNOT_CONFIRM, kind
    )


def _verb(items: Sentence, at: int, form: Form) -> Cue | None:
    left = _look_left(items, at)
    if left.infinitive and not (form.tense == "b" or "b" in form.tense):
        return None
    kind = _kind(items, at, form, left)
    if not kind:
        return None
    end = _past_particle(items, at, form)
    if end is None:
        return None
    cue_class, position = _meaning(form.lemma, left)
    return Cue(left.start, at, end, form, cue_class, position, kind)


def _kind(items: Sentence, at: int, form: Form, left: _Left) -> str:
    """How the form stands in its sentence; empty where it cannot be a reporting verb."""
    tense, aux = form.tense, left.start < at
    before = _low(items, at - 1)
    if before == "'s" and "i" not in tense and "p" not in tense:
        return ""
    if "i" in tense:
        return "verb" if left.be else "participle"
    if left.infinitive or left.support:
        return "verb" if "b" in tense else ""
    if left.be and not left.have:
        return ""
    if left.have and left.be and "been" in (i.low for i in items[left.start : at]):
        return ""
    if "p" in tense or "s" in tense:
        return "verb"
    return "" if aux and left.have else "base"


def _past_particle(items: Sentence, at: int, form: Form) -> int | None:
    """Where the cue ends, its particle included; None for a verb that says nothing without one."""
    allowed = PARTICLES.get(form.lemma, ())
    following = _low(items, at + 1)
    if following in allowed:
        return at + 2
    if following in WEEKDAYS and _low(items, at + 2) in allowed:
        return at + 3
    if form.lemma in NEEDS_PARTICLE and ("q" not in form.frames or form.lemma == "shoot"):
        return None
    return at + 1


def _meaning(lemma: str, left: _Left) -> tuple[CueClass, Position]:
    cue_class = CLASS_OF.get(lemma, CueClass.NEUTRAL)
    position = POSITION_OF.get(lemma, Position.ASSERTS)
    if left.hedged:
        return CueClass.HEDGE, position
    if left.negated and lemma != "deny":
        if cue_class is CueClass.CONFIRMATION or lemma in INVESTIGATING:
            return CueClass.NON_CONFIRMATION, Position.CANNOT_CONFIRM
        return CueClass.REFUSAL, Position.CANNOT_CONFIRM
    if left.negated:
        return CueClass.NEUTRAL, Position.CANNOT_CONFIRM
    return cue_class, position


def _look_left(items: Sentence, at: int) -> _Left:
    """Walk left over auxiliaries, adverbs and "went on to" until the subject begins."""
    start, seen, infinitive, unable, hedged = at, set(), False, False, False
    while start > 0 and at - start < _REACH:
        item = items[start - 1]
        low = item.low
        if item.kind != "w":
            break
        if low == "to" and _catenative(items, start - 2):
            infinitive = True
            unable = unable or _low(items, start - 2) in ("unable", "failed")
            start = _catenative_start(items, start - 2)
            continue
        if low in CALENDAR and _low(items, start - 2) in ("last", "this", "earlier"):
            start -= 2
            continue
        if low == "on" and items[start].low in WEEKDAYS:
            start -= 1
            continue
        if not (low in AUXILIARIES or low in _CLITICS or low in _ADVERBS or is_adverb(item)):
            break
        hedged = hedged or low in HEDGES
        seen.add(low)
        start -= 1
    return _Left(
        start,
        bool(seen & _BE),
        bool(seen & _HAVE),
        bool(seen & _SUPPORT),
        bool(seen & _NOT),
        hedged,
        infinitive,
        unable,
    )


def _catenative(items: Sentence, at: int) -> bool:
    low = _low(items, at)
    return low in _CATENATIVE or (low == "on" and _low(items, at - 1) in ("went", "goes", "going"))


def _catenative_start(items: Sentence, at: int) -> int:
    low = _low(items, at)
    if low in ("twitter", "facebook") and _low(items, at - 1) == "to":
        return max(at - 2, 0)
    return at - 1 if low == "on" else at
