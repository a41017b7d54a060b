"""Cleaning what people type: every text and address passes here before it can become history."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.languages import LONGEST_TAG, canonical_tag
from claims.workflow.refusals import RuleBroken

SHORT, MEDIUM, LONG = 300, 2_000, 20_000
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SHA256 = re.compile(r"[0-9a-f]{64}")
SEEN = frozenset("LNPS")  # letters, numbers, punctuation, symbols
Choice = TypeVar("Choice", bound=TextChoices)
_is_url = URLValidator(schemes=["http", "https"])


def clean_text(field: str, value: str, *, limit: int = MEDIUM, required: bool = False) -> str:
    """Return `value` in NFC without edge white space.

    Raises RuleBroken naming `field` when it is empty but required, longer than `limit` code points, or holds
    characters that no text needs and XML cannot hold (NUL and other controls, lone surrogates, U+FFFE, U+FFFF). A text
    in which nothing can be seen, such as zero-width spaces alone, is empty.
    """
    if not isinstance(value, str):
        raise RuleBroken(_("This must be text."), field=field, code="")
    if not value and not required:
        return ""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > limit:
        told = _("This has %(number)s characters; at most %(limit)s.")
        sizes = {"number": f"{len(text):,}", "limit": f"{limit:,}"}
        raise RuleBroken(told % sizes, field=field, code="")
    if unfit := UNFIT.search(text):
        told = _("This holds a character that cannot be kept: %(code)s.")
        raise RuleBroken(told % {"code": f"U+{ord(unfit[0]):04X}"}, field=field, code="")
    # Of ASCII, what is left after all this begins with a character that is seen.
    if not text.isascii() and not any(
        unicodedata.category(character)[0] in SEEN for character in text
    ):
        text = ""
    if required and not text:
        raise RuleBroken(_("This may not be empty."), field=field, code="no_text")
    return text


def clean_language(value: str) -> str:
    """Return a language tag in its canonical spelling. Raises RuleBroken when it is none."""
    text = clean_text("language", value, limit=LONGEST_TAG, required=True)
    tag = canonical_tag(text)
    if not tag:
        told = _("“%(text)s” is not a language tag (BCP 47), such as en or pt-BR.")
        raise RuleBroken(told % {"text": text}, field="language", code="")
    return tag


def clean_url(field: str, value: str) -> str:
    """Return an http or https address, or "" for none.

    Raises RuleBroken when it is anything else, or carries a user name or password.
    """
    url = clean_text(field, value, limit=MEDIUM)
    if not url:
        return ""
    try:
        _is_url(url)
    except ValidationError as error:
        told = _("This is not a web address (http or https).")
        raise RuleBroken(told, field=field, code="no_address") from error
    if urlsplit(url).username is not None:
        raise RuleBroken(
            _("A web address may not carry a user name."), field=field, code="no_address"
        )
    return url


def usable_text(value: str, *, limit: int = MEDIUM) -> str:
    """Return a text that a page gives of itself without what cannot be kept, cut to `limit`: nobody typed it."""
    return clean_text("text", UNFIT.sub(" ", value)[:limit], limit=limit)


def usable_url(value: str) -> str:
    """Return an address that a page gives of itself, or "" when it is none: nobody typed it to mend it."""
    try:
        return clean_url("url", value)
    except RuleBroken:
        return ""


def clean_sha256(field: str, value: str) -> str:
    """Return a SHA-256 in lower-case hexadecimal, or "" for none. Raises RuleBroken when it is anything else."""
    text = clean_text(field, value)
    if text and not SHA256.fullmatch(text):
        raise RuleBroken(
            _("This is not a SHA-256 in lower-case hexadecimal."), field=field, code=""
        )
    return text


def clean_email(field: str, value: str) -> str:
    """Return an e-mail address, or "" for none. Raises RuleBroken when it is anything else."""
    email = clean_text(field, value, limit=254)
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise RuleBroken(
            _("This is not an e-mail address."), field=field, code="no_address"
        ) from error
    return email


def clean_past_day(field: str, value: date | None) -> date | None:
    """Return a day that has come. Raises RuleBroken for a day in the future (a day's slack for time zones)."""
    if value is not None and value > timezone.now().date() + timedelta(days=1):
        told = _("%(day)s is in the future.") % {"day": value.isoformat()}
        raise RuleBroken(told, field=field, code="to_come")
    return value


def clean_choice(field: str, value: str, choices: type[Choice]) -> Choice:
    """Return `value` as a member of its vocabulary. Raises RuleBroken naming what is allowed."""
    try:
        return choices(value)
    except ValueError as error:
        allowed = ", ".join(choices.values)
        told = _("“%(value)s” is none of: %(allowed)s.") % {"value": value, "allowed": allowed}
        raise RuleBroken(told, field=field, code="") from error
