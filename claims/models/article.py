"""Articles: the frozen texts in which claims were found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from claims.models.fields import PublicIdField, known_value
from claims.models.publisher import Publisher
from claims.models.spelling import any_case
from claims.models.user import User
from claims.vocabulary import Licence

SLUG_LENGTH = 60


def slug_of(text: str | None, fallback: str) -> str:
    """Return what stands behind the id in an address: readable, without meaning to the server."""
    return slugify((text or "")[:200])[:SLUG_LENGTH].strip("-") or fallback


class ArticleQuerySet(models.QuerySet["Article"]):
    """Reads of articles."""

    def in_public(self, until: datetime | None = None) -> Self:
        """Only those in which a published claim appears; unlike a join, without sorting the texts.

        With `until`, those in which readers could find one at that moment.
        """
        from claims.models.wording import Appearance  # which stands on the articles

        places = Appearance.objects.seen(until).filter(article=models.OuterRef("pk"))
        return self.filter(models.Exists(places))

    def open_to(self, person: User) -> Self:
        """Those that `person` may quote through the API: public ones, and those that they recorded themselves."""
        return self.filter(models.Q(recorded_by=person) | models.Q(pk__in=self.in_public()))

    def known_as(self, public_id: str) -> Self:
        """The article with that public id."""
        return self.filter(public_id=public_id)

    def next_to(self, article: Article) -> Self:
        """The version that `article` took the place of, and the one that took its place."""
        return self.filter(models.Q(pk=article.replaces_id) | models.Q(replaces=article)).order_by(
            "pk"
        )

    def by_publisher(self, publisher: Publisher) -> Self:
        """Those of one publisher."""
        return self.filter(publisher=publisher)

    def with_claim_count(self) -> Self:
        """Each with `claim_count`: how many published claims were found in it, counted for the rows read alone."""
        same = Article.objects.filter(pk=models.OuterRef("pk")).order_by()
        found = same.filter(appearances__claim__published_at__isnull=False)
        claims = models.Count("appearances__claim", distinct=True)
        counted = found.values("pk").annotate(number=claims).values("number")
        return self.annotate(claim_count=models.Subquery(counted))

    def older_than(self, moment: datetime, public_id: str) -> Self:
        """Those that come after that one, recorded at `moment`, in the order of `latest_recorded_first`."""
        last = Article.objects.filter(public_id=public_id).values("pk")
        same_moment = models.Q(recorded_at=moment, pk__lt=models.Subquery(last))
        return self.filter(models.Q(recorded_at__lt=moment) | same_moment)

    def latest_recorded_first(self) -> Self:
        """Order by the moment each was taken in, the last first."""
        return self.order_by("-recorded_at", "-pk")

    def with_publisher(self) -> Self:
        """Fetch the publisher along."""
        return self.select_related("publisher")

    def without_text(self) -> Self:
        """Leave the long columns where they are."""
        return self.defer("text", "standfirst")

    def described_by(self, words: Iterable[str]) -> Self:
        """Those of whose title, publisher or address each word is part."""
        matches = models.Q()
        for word in words:
            matches &= (
                any_case("title", word) | any_case("publisher_name", word) | any_case("url", word)
            )
        return self.filter(matches)

    def newest_first(self) -> Self:
        """The last brought in first."""
        return self.order_by("-pk")

    def holding(self, *, text_sha256: str = "", original_sha256: str = "") -> Self:
        """The one of exactly this text, and those read from exactly these bytes."""
        # Two look-ups by index; as one condition over both tables it would read them whole.
        read_from = ArticleOriginal.objects.filter(sha256=original_sha256 or None)
        keys = [*read_from.values_list("pk", flat=True)]
        return self.filter(models.Q(sha256=text_sha256 or None) | models.Q(pk__in=keys))

    def from_address(self, *urls: str) -> Self:
        """Every text recorded from any of these addresses, of which each may be empty."""
        known = [url for url in urls if url]
        return self.filter(models.Q(url__in=known) | models.Q(canonical_url__in=known))

    def sharing(self, values: Iterable[int], *, most: int = 20) -> list[int]:
        """Return the keys of those whose sketch shares any of `values`, those that share most first."""
        shared = ArticleSketch.objects.filter(value__in=list(values)).values_list("article")
        counted = shared.annotate(number=models.Count("pk")).order_by("-number", "-article")
        return [key for key, _ in counted[:most]]

    def latest_of(self, *urls: str) -> Article | None:
        """Return the newest text recorded from any of these addresses, of which each may be empty."""
        known = [url for url in urls if url]
        matches = models.Q(url__in=known) | models.Q(canonical_url__in=known)
        return self.filter(matches).order_by("-pk").first() if known else None


class Article(models.Model):
    """One text as it stood at intake. A changed text is a new article that replaces the old one."""

    public_id = PublicIdField()
    publisher = models.ForeignKey(
        Publisher,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    publisher_name = models.CharField(_("publisher"), max_length=200, blank=True)
    title = models.TextField(_("title"))
    standfirst = models.TextField(blank=True)
    authors = models.TextField(blank=True, help_text=_("Separated by semicolons"))
    dateline = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(max_length=20, default="en")
    url = models.TextField(_("web address"), blank=True)
    canonical_url = models.TextField(blank=True)
    # Empty where the register was rebuilt from an export that may not hold it; `record_article` demands one.
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64, unique=True)
    licence = models.CharField(
        _("licence"), max_length=12, choices=Licence.choices, default=Licence.QUOTES_ONLY
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["url"], name="article_url"),
            models.Index(fields=["canonical_url"], name="article_canonical_url"),
            models.Index(fields=["-recorded_at", "-id"], name="article_newest"),
            models.Index(
                fields=["licence", "-recorded_at", "-id"], name="article_newest_by_licence"
            ),
        ]
        constraints = [
            known_value("article_licence_known", "licence", Licence),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable end of the article's address."""
        return slug_of(self.title, "article")


class ArticleSketch(models.Model):
    """One of the numbers by which near-identical texts are found; see `claims.reading.sketches`."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="sketch")
    value = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["value"], name="sketch_value")]

    def __str__(self) -> str:
        return f"{self.value} of article {self.article_id}"


class ArticleOriginal(models.Model):
    """The bytes an article was read from, kept as they came."""

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.PROTECT, related_name="original"
    )
    media_type = models.CharField(max_length=100)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return f"{self.media_type}, {len(self.data)} bytes"
