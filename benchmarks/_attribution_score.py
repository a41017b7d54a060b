"""Scores suggested statements against gold: spans found, speakers right, suggestions out of thin air.

Matching is one-to-one and greedy, the best overlap first, and needs an overlap of half the letters that
either side has. Gold without a word of saying, and gold inside other gold, may be found but need not be.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from _attribution_gold import (
    GoldArticle,
    GoldItem,
    Letters,
    Span,
    letters_of,
    quotation_kind,
    words_of,
)

KINDS = ("direct", "indirect", "mixed")
_ENOUGH = 0.5
_HEAD_END = re.compile(r"\s*[,;:(\u2014\u2013]|\s(?:of|who|from|in|for|at|with|on|that|which|to)\s")


@dataclass(frozen=True)
class Suggestion:
    """What a reader suggested: the fragments of the content and the speaker as the copy names them."""

    fragments: tuple[Span, ...]
    source: str | None


@dataclass(frozen=True)
class _Prediction:
    letters: Letters
    source: str | None
    kind: str


@dataclass
class Score:
    """Counts over all articles, and the figures that follow from them."""

    words: int = 0
    gold: int = 0
    counted: int = 0
    found: int = 0
    untouched: int = 0
    speakers: int = 0
    speakers_right: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def f1(self) -> float:
        """Of all spans."""
        return _f1(self.found, self.counted, self.found, self.gold)

    def kind_f1(self, kind: str) -> float:
        """Recall by the gold's kind, precision by the suggestion's."""
        count = self.kinds[kind]
        return _f1(count["right"], count["counted"], count["found"], count["gold"])

    @property
    def speaker(self) -> float:
        """The share of right speakers among found statements whose gold names one."""
        return self.speakers_right / self.speakers if self.speakers else 0.0

    @property
    def untouched_per_1k(self) -> float:
        """Suggestions that meet no gold content at all, for 1,000 words."""
        return 1000 * self.untouched / self.words if self.words else 0.0


def _f1(right: int, counted: int, found: int, gold: int) -> float:
    if not right or not found:
        return 0.0
    precision, recall = right / counted, found / gold
    return 2 * precision * recall / (precision + recall)


def score_article(score: Score, article: GoldArticle, suggestions: list[Suggestion]) -> None:
    """Add one article to the score."""
    predictions = _predictions(article, suggestions)
    required = [item.said and not item.nested for item in article.items]
    pairs = _pairs(article.items, predictions, required)
    optional = {p for g, p in pairs.items() if not required[g]}
    right = {p for g, p in pairs.items() if required[g]}
    score.words += article.words
    score.gold += sum(required)
    score.counted += len(predictions) - len(optional)
    score.found += len(right)
    for g, item in enumerate(article.items):
        if required[g]:
            _count_gold(score, item, predictions[pairs[g]] if g in pairs else None)
    for p, prediction in enumerate(predictions):
        score.kinds[prediction.kind]["counted"] += p not in optional
        score.kinds[prediction.kind]["right"] += p in right
    content = frozenset[int]().union(*(item.letters for item in article.items))
    score.untouched += sum(not (prediction.letters & content) for prediction in predictions)


def _count_gold(score: Score, item: GoldItem, prediction: _Prediction | None) -> None:
    score.kinds[item.kind]["gold"] += 1
    score.kinds[item.kind]["found"] += prediction is not None
    if prediction is not None and item.source:
        score.speakers += 1
        score.speakers_right += _same_speaker(item.source, prediction.source)


def _predictions(article: GoldArticle, suggestions: list[Suggestion]) -> list[_Prediction]:
    """The suggestions that can be judged: not discarded text, and not inside another suggestion."""
    made = []
    for suggestion in suggestions:
        letters = letters_of(article.text, suggestion.fragments)
        if letters and len(letters & article.discard) * 2 <= len(letters):
            kind = quotation_kind(article.quoted, letters)
            made.append(_Prediction(letters, suggestion.source, kind))
    return [one for one in made if not any(one.letters < other.letters for other in made)]


def _pairs(
    gold: tuple[GoldItem, ...], predictions: list[_Prediction], required: list[bool]
) -> dict[int, int]:
    candidates = []
    for g, item in enumerate(gold):
        for p, prediction in enumerate(predictions):
            common = len(item.letters & prediction.letters)
            overlap = common / len(item.letters | prediction.letters) if common else 0.0
            if overlap >= _ENOUGH:
                candidates.append((-overlap, not required[g], g, p))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, p in sorted(candidates):
        if g not in pairs and p not in taken:
            pairs[g] = p
            taken.add(p)
    return pairs


def _same_speaker(gold: str, suggested: str | None) -> bool:
    """Whether one name holds the other as whole words, or both have the same head word."""
    ours, theirs = words_of(suggested), words_of(gold)
    if not ours or not theirs:
        return False
    one, other = f" {' '.join(ours)} ", f" {' '.join(theirs)} "
    return one in other or other in one or _head(gold) == _head(suggested or "") != ""


def _head(name: str) -> str:
    words = words_of(_HEAD_END.split(f"{name.strip()} ", maxsplit=1)[0])
    return words[-1].removesuffix("'s") if words else ""
