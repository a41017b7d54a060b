"""Languages: their tags (BCP 47) in the one spelling the register keeps, and who is spoken to in which.

The desk speaks the newsroom's language; what is public, stored or read by programs is in English.
"""

from __future__ import annotations

import re

from django.utils import translation

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
LONGEST_TAG = 20
PUBLIC = "en-gb"


def as_written() -> translation.override:
    """Return a context in which every label is as the code has it, whatever language is active around it."""
    return translation.override(None)


def in_public() -> translation.override:
    """Return a context for what is served to readers and programs."""
    return translation.override(PUBLIC)


def canonical_tag(value: str) -> str:
    """Return a tag as RFC 5646 (2.1.1) would have it written (en, pt-BR, zh-Hant), or "" for what is none.

    Only the form is looked at: whether there is such a language, nobody is asked.
    """
    if len(value) > LONGEST_TAG or not TAG.fullmatch(value):
        return ""
    primary, *subtags = value.lower().split("-")
    spelt = [primary]
    for subtag in subtags:
        in_extension = any(len(one) == 1 for one in spelt)
        spelt.append(subtag if in_extension else _conventional(subtag))
    return "-".join(spelt)


def _conventional(subtag: str) -> str:
    """Return a region in capitals and a script with one; nothing else has any."""
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag
