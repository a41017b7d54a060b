"""Filters and tags for text that readers see: rich text made safe, moments, days, addresses, tombstones.

This is the one place that declares HTML safe, and only behind an allow-list.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import nh3
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from markdown_it import MarkdownIt

from claims import languages
from claims.hosts import host_of
from claims.reading.anchor import CONTEXT, Quote, text_fragment
from claims.vocabulary import Precision, RedactionReason

register = template.Library()
ERASED_NAMES: dict[str, StrOrPromise] = {
    "answer": _("answer"),
    "archived_url": _("archived address"),
    "by_name": _("name"),
    "channel": _("channel"),
    "claimant_name": _("name of the claimant"),
    "claimant_role": _("role of the claimant"),
    "cue": _("cue"),
    "exact": _("quote"),
    "excerpt": _("excerpt"),
    "known": _("what is known"),
    "not_known": _("what is not known"),
    "note": _("reason"),
    "origin": _("origin"),
    "prefix": _("words before it"),
    "proposed_by_name": _("name of who proposed it"),
    "publisher_name": _("publisher"),
    "rating": _("rating"),
    "rationale": _("rationale"),
    "remark": _("remark"),
    "single_source_reason": _("why one source is enough"),
    "snapshot": _("stored copy"),
    "source_text": _("description of the source"),
    "speaker_name": _("name of the speaker"),
    "suffix": _("words after it"),
    "text": _("wording"),
    "title": _("title"),
    "url": _("address"),
    "would_settle": _("what would settle it"),
}

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image"])
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "a"}
_DAY_FORMATS = {languages.PUBLIC: "j F Y", "de": "j. F Y"}
_SHORT_FORMATS = {languages.PUBLIC: "j M Y", "de": "j. M Y"}
_LESS_EXACT = {Precision.MONTH: "F Y", Precision.YEAR: "Y"}


def _only_web(tag: str, name: str, value: str) -> str | None:
    return value if name == "rel" or (name == "href" and web_address(value)) else None


def _cleaner_of(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
        attribute_filter=_only_web,
    )


_cleaner = _cleaner_of(_TAGS)
_page_cleaner = _cleaner_of(_TAGS | {"h3", "h4", "h5", "h6"})


@register.filter
def rich(text: str | None) -> SafeString:
    """Return Markdown as HTML in which only an allow-list of plain elements survives."""
    html = _cleaner.clean(_markdown.render(text or ""))
    return SafeString(html)  # safe: nh3 has just rebuilt it from the allow-list


@register.filter
def rich_page(text: str | None) -> SafeString:
    """Return Markdown as `rich` does, with its headings, the highest of them beneath a section's own (h2)."""
    tokens = _markdown.parse(text or "")
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + 3, 6)}"
    html = _page_cleaner.clean(_markdown.renderer.render(tokens, _markdown.options, {}))
    return SafeString(html)  # safe: nh3 has just rebuilt it from the allow-list


@register.filter
def web_address(address: str | None) -> str:
    """Return an address if it is one a reader may be sent to (http or https), else nothing."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    return (address or "") if parts.scheme in ("http", "https") and parts.netloc else ""


@register.filter
def host(address: str | None) -> str:
    """Return the host name of an address, in the spelling in which no letter can stand for another."""
    return host_of(web_address(address))


@register.filter
def moment(value: str | datetime | None) -> SafeString:
    """Return a moment of the register in words."""
    if not value:
        return SafeString("")
    at = _datetime(value).astimezone(UTC)
    words = f"{format_date(at, f'{_day_format()}, H:i')} UTC"
    exact = at.isoformat(timespec="milliseconds")
    return format_html('<time datetime="{}">{}</time>', exact, words)


@register.filter
def day_of(value: str | datetime | None) -> SafeString:
    """Return the day of a moment in words."""
    return day(_datetime(value).astimezone(UTC).date()) if value else SafeString("")


@register.filter
def day(value: str | date | None, precision: str = Precision.DAY) -> SafeString:
    """Return a day in the world in words, as exactly as it is known."""
    if not value:
        return SafeString("")
    known = date.fromisoformat(value) if isinstance(value, str) else value
    exact = known.isoformat()[
        : {Precision.MONTH: 7, Precision.YEAR: 4}.get(Precision(precision), 10)
    ]
    words = format_date(known, _LESS_EXACT.get(Precision(precision)) or _day_format())
    return format_html('<time datetime="{}">{}</time>', exact, words)


def _day_format() -> str:
    return _DAY_FORMATS[languages.spoken()]


@register.filter
def short_day(value: datetime) -> str:
    """Return the day of a moment in as few letters as can be, for a picture."""
    return format_date(value.astimezone(UTC), _SHORT_FORMATS[languages.spoken()])


@register.filter
def exact_moment(value: str | datetime) -> str:
    """Return a moment as an argument in an address holds it, to the microsecond."""
    return _datetime(value).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _datetime(value: str | datetime) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return timezone.make_aware(found, UTC) if timezone.is_naive(found) else found


@register.filter
def from_whole_word(prefix: str | None) -> str:
    """Return the words before a quote, in its paragraph, without the half word they may begin with."""
    text = (prefix or "").rpartition("\n")[2]
    _, space, rest = text.partition(" ")
    return f"… {rest}" if len(text) == CONTEXT and space and rest else text


@register.filter
def to_whole_word(suffix: str | None) -> str:
    """Return the words after a quote, in its paragraph, without the half word they may end with."""
    text = (suffix or "").partition("\n")[0]
    rest, space, _ = text.rpartition(" ")
    return f"{rest} …" if len(text) == CONTEXT and space and rest else text


@register.filter
def at_source(appearance: dict[str, Any]) -> str:
    """Return the address at which a browser shows the quote on its publisher's page."""
    address = web_address(appearance["article"]["source_url"]).partition("#")[0]
    quote = appearance["quote"]
    if not address or not quote["exact"]:
        return address
    texts = {name: quote[name] or "" for name in ("exact", "prefix", "suffix")}
    return address + text_fragment(Quote(**texts, start=quote["start"], end=quote["end"]))


@register.filter
def local(path: str) -> str:
    """Return a path of the register as the address of the same page in the language spoken."""
    return languages.local(path)


@register.filter(is_safe=True)
def quoted(text: str) -> str:
    """Return a text between the quotation marks of the language that the page speaks."""
    return languages.quoted(text)


@register.filter
def direction(language: str) -> str:
    """Return the value of `dir` for a text in a language."""
    return languages.direction_of(language)


@register.inclusion_tag("public/parts/languages.html", takes_context=True)
def in_other_languages(context: dict[str, Any]) -> dict[str, Any]:
    """Link the page to itself in the other languages; nothing where the page has no address of its own."""
    request, path = context.get("request"), context.get("path")
    if not request or not path:
        return {"others": []}
    query = request.META.get("QUERY_STRING", "")
    here = languages.plain(request.path) + (f"?{query}" if query else "")
    spoken = languages.spoken()
    others = [
        {"tag": languages.canonical_tag(tag), "name": name, "href": languages.local(here, tag)}
        for tag, name in languages.READERS.items()
        if tag != spoken
    ]
    return {"others": others}


@register.simple_tag
def page_language() -> str:
    """Return the tag of the language that the page speaks."""
    return languages.canonical_tag(languages.spoken())


@register.simple_tag
def every_language(path: str) -> list[tuple[str, str]]:
    """Return the tag and the whole address of a page in each language."""
    base = settings.FACTCHECK_BASE_URL
    canonical = languages.canonical_tag
    return [(canonical(tag), base + languages.local(path, tag)) for tag in languages.READERS]


@register.simple_tag
def register_name() -> str:
    """Return the name under which the register is published."""
    return str(settings.FACTCHECK_REGISTER_NAME)


@register.simple_tag
def public_address(path: str) -> str:
    """Return a path of this register with its host."""
    return f"{settings.FACTCHECK_BASE_URL}{languages.local(path)}"


@register.simple_tag
def erased(part: dict[str, Any], *names: str) -> SafeString:
    """Say honestly which of the named values were removed from a part, why and when."""
    tombstones = part.get("redacted") or {}
    found = [(_tombstone(name, tombstones[name]),) for name in names if name in tombstones]
    return format_html_join("", ' <span class="erased">[{}]</span>', found)


def _tombstone(name: str, redaction: dict[str, str]) -> SafeString:
    return format_html(
        say("{what} removed on {day}: {reason}"),
        what=ERASED_NAMES.get(name, name),
        day=day_of(redaction["recorded_at"]),
        reason=RedactionReason(redaction["reason"]).label,
    )
