"""Verbs that bring texts and parties in: ingest_article, record_article, record_publisher, record_claimant."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.history.postgres_guards import wait_for_turn
from claims.hosts import host_of
from claims.languages import canonical_tag
from claims.models import Article, ArticleOriginal, ArticleSketch, Claimant, Publisher, User
from claims.reading.parse import ParsedArticle
from claims.reading.sketches import sketch
from claims.vocabulary import ClaimantKind, Licence, PublisherKind, Verb
from claims.workflow.drafts import ArticleDraft
from claims.workflow.inputs import (
    LONG,
    SHORT,
    clean_choice,
    clean_language,
    clean_past_day,
    clean_text,
    clean_url,
    usable_url,
)
from claims.workflow.refusals import RuleBroken, require

MAX_ARTICLE_CHARACTERS = 2_000_000
RACES = 8
LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
HOST_NAME = re.compile(rf"{LABEL}(\.{LABEL})*")


@dataclass(frozen=True, slots=True)
class RecordedArticle:
    """An article of the register, and whether it is new to it."""

    article: Article
    created: bool


def domain_of(value: str) -> str:
    """Return the host name of an address or domain as `host_of` spells it, "" for none.

    Raises RuleBroken when it is no name of a host.
    """
    host = host_of(value if "//" in value else f"//{value}")
    if value and not HOST_NAME.fullmatch(host):
        told = _("“%(value)s” is not a domain name.") % {"value": value}
        raise RuleBroken(told, field="domain", code="no_address")
    return host


def record_publisher(
    *, name: str, by: User, domain: str = "", kind: PublisherKind = PublisherKind.OTHER
) -> Publisher:
    """Return the publisher of that domain (or, without one, of that name), recorded if it is new."""
    require(by, Verb.RECORD_PUBLISHER)
    name = clean_text("name", name, limit=200, required=True)
    host = domain_of(clean_text("domain", domain, limit=253)) or None
    kind = clean_choice("kind", kind, PublisherKind)
    if host is None:
        # LOWER on both sides, as in the constraint: UPPER, which "iexact" uses, folds other letters together.
        named = Publisher.objects.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))
        known = named.order_by("pk").first()
        return known or named.get_or_create(domain=None, defaults={"name": name, "kind": kind})[0]
    return Publisher.objects.get_or_create(domain=host, defaults={"name": name, "kind": kind})[0]


def record_claimant(*, name: str, by: User, kind: ClaimantKind, role: str = "") -> Claimant:
    """Return the claimant of that name and role, or whom they were found to be; recorded if new."""
    require(by, Verb.RECORD_CLAIMANT)
    name = clean_text("name", name, limit=SHORT, required=True)
    role = clean_text("role", role, limit=SHORT)
    kind = clean_choice("kind", kind, ClaimantKind)
    folded = Claimant.objects.select_related("merged_into").alias(folded=Lower("name"))
    known = {"folded__exact": Lower(Value(name)), "role": role}
    return folded.get_or_create(**known, defaults={"name": name, "kind": kind})[0].survivor


class FromAddress(Enum):
    """Says that an article replaces the last one of its address, if there is one."""

    FROM_ADDRESS = "from address"


FROM_ADDRESS = FromAddress.FROM_ADDRESS


def record_article(
    draft: ArticleDraft,
    *,
    by: User,
    version_of: Article | FromAddress | None = FROM_ADDRESS,
) -> RecordedArticle:
    """Freeze a text and the bytes it was read from.

    The same text is recognised by its SHA-256 and returned as it stands; so are the same bytes, and a changed text
    from a known address becomes a new article that replaces the old one, unless `version_of` says which article
    it replaces, or that it stands apart (None). Raises RuleBroken naming the field at fault.
    """
    require(by, Verb.RECORD_ARTICLE)
    article = _checked(draft, by)
    media_type = clean_text("media_type", draft.media_type, limit=100, required=True)
    if not draft.original:
        raise RuleBroken(_("The bytes the text was read from are missing."), field="original")
    original = ArticleOriginal(
        media_type=media_type,
        data=draft.original,
        sha256=hashlib.sha256(draft.original).hexdigest(),
    )
    for _attempt in range(RACES):
        with suppress(
            IntegrityError
        ):  # somebody recorded this text, or one from its address, just now
            return _freeze(article, original, version_of)
    return _freeze(article, original, version_of)


@transaction.atomic
def _freeze(
    article: Article, original: ArticleOriginal, version_of: Article | FromAddress | None
) -> RecordedArticle:
    _wait_for_addresses(article)
    told = version_of is not FROM_ADDRESS
    sought = Article.objects.holding(
        text_sha256=article.sha256, original_sha256="" if told else original.sha256
    )
    known = sought.order_by("pk").first()
    if known is not None:
        return RecordedArticle(known, created=False)
    article.replaces = _predecessor(article, version_of)
    article.save(force_insert=True)
    original.article = article
    original.save(force_insert=True)
    values = sketch(article.text)
    ArticleSketch.objects.bulk_create(ArticleSketch(article=article, value=v) for v in values)
    return RecordedArticle(article, created=True)


@transaction.atomic
def ingest_article(
    parsed: ParsedArticle,
    *,
    by: User,
    licence: Licence = Licence.QUOTES_ONLY,
    title: str = "",
    publisher_name: str = "",
) -> RecordedArticle:
    """Freeze an article as it was read; `title` and `publisher_name` overrule what it says of itself."""
    name = publisher_name or parsed.publisher
    canonical = usable_url(parsed.canonical_url)
    address = canonical or parsed.url
    publisher = None
    if name:
        publisher = record_publisher(name=name, domain=domain_of(address) if address else "", by=by)
    draft = ArticleDraft(
        title=title or parsed.title,
        text=parsed.text,
        original=parsed.original,
        media_type=parsed.media_type,
        standfirst=parsed.standfirst,
        authors=parsed.authors,
        dateline=parsed.dateline,
        publisher=publisher,
        published_on=parsed.published_on,
        language=canonical_tag(parsed.language) or "und",
        url=parsed.url,
        canonical_url=canonical,
        licence=licence,
    )
    return record_article(draft, by=by)


def _checked(draft: ArticleDraft, by: User) -> Article:
    text = clean_text("text", draft.text, limit=MAX_ARTICLE_CHARACTERS, required=True)
    publisher = draft.publisher
    name = clean_text("publisher_name", draft.publisher_name, limit=200)
    return Article(
        title=clean_text("title", draft.title, limit=1000, required=True),
        standfirst=clean_text("standfirst", draft.standfirst, limit=LONG),
        authors=clean_text("authors", "; ".join(draft.authors), limit=LONG),
        dateline=clean_text("dateline", draft.dateline, limit=SHORT),
        publisher=publisher,
        publisher_name=publisher.name if publisher else name,
        published_on=clean_past_day("published_on", draft.published_on),
        language=clean_language(clean_text("language", draft.language) or "en"),
        url=clean_url("url", draft.url),
        canonical_url=clean_url("canonical_url", draft.canonical_url),
        licence=clean_choice("licence", draft.licence, Licence),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def _wait_for_addresses(article: Article) -> None:
    """Let whoever records another text of the same address finish first, so that this one can replace it.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        wait_for_turn(connection, filter(None, (article.url, article.canonical_url)))


def _predecessor(article: Article, version_of: Article | FromAddress | None) -> Article | None:
    """Return the text that `article` replaces: the last of those that replaced the one it is a version of."""
    latest = (
        Article.objects.latest_of(article.url, article.canonical_url)
        if version_of is FROM_ADDRESS
        else version_of
    )
    while latest is not None and hasattr(latest, "replaced_by"):
        latest = latest.replaced_by
    return latest
