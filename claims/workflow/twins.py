"""What the register holds already that is like an article on its way in. Found by index; never decided here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from claims.models import Article, ArticleIntake
from claims.reading.likeness import NEAR_IDENTICAL, shared, shingles
from claims.reading.sketches import sketch

COMPARED = 10


@dataclass(frozen=True, slots=True)
class Twin:
    """An article that is like another text. `share` is how much of the shorter stands in the longer, 0 to 1."""

    article: Article
    same_text: bool
    same_original: bool
    same_address: bool
    share: float


def twins_of(intake: ArticleIntake) -> list[Twin]:
    """Return the articles that have the text, bytes or address of `intake`, or nearly its text; the likest first."""
    text_sha256 = hashlib.sha256(intake.text.encode()).hexdigest() if intake.text else ""
    held = Article.objects.holding(text_sha256=text_sha256, original_sha256=intake.original_sha256)
    addressed = Article.objects.from_address(intake.url, intake.canonical_url)
    certain = {*held.values_list("pk", flat=True)}
    at_address = {*addressed.values_list("pk", flat=True)}
    sketched = Article.objects.sharing(sketch(intake.text))
    keys = [*dict.fromkeys([*certain, *sorted(at_address, reverse=True), *sketched])][:COMPARED]
    articles = Article.objects.select_related("replaced_by").in_bulk(keys)
    runs = shingles(intake.text)
    twins = [
        Twin(
            article=article,
            same_text=article.sha256 == text_sha256,
            same_original=article.pk in certain and article.sha256 != text_sha256,
            same_address=article.pk in at_address,
            share=shared(runs, shingles(article.text)),
        )
        for article in articles.values()
    ]
    return sorted(filter(_is_twin, twins), key=_likeness, reverse=True)


def _is_twin(twin: Twin) -> bool:
    certain = twin.same_text or twin.same_original or twin.same_address
    return certain or twin.share >= NEAR_IDENTICAL


def _likeness(twin: Twin) -> tuple[bool, float, int]:
    return twin.same_text, twin.share, twin.article.pk
