"""Languages: their tags (BCP 47) in the one spelling the register keeps, and who is spoken to in which.

The desk speaks the newsroom's language; what is stored or read by programs is in English. Readers have each page in
every language of `READERS`: in the first at its plain address, in the others behind their tag, as in `/de/claims/`.
"""

from __future__ import annotations

import re

from django.utils import translation

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
LONGEST_TAG = 20
SCRIPT_LENGTH = 4
PUBLIC = "en-gb"
READERS: dict[str, str] = {PUBLIC: "English", "de": "Deutsch"}
QUOTATION_MARKS = {PUBLIC: ("“", "”"), "de": ("„", "“")}  # the style sheet has those of <q>
# Languages and scripts (ISO 639, ISO 15924) that are written from right to left.
FROM_RIGHT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
SCRIPTS_FROM_RIGHT = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
# What has no other address in another language.
ONE_FOR_ALL = ("/api/", "/static/", "/admin/", "/timegate/", "/timemap/")


def as_written() -> translation.override:
    """Return a context in which every label is as the code has it, whatever language is active around it."""
    return translation.override(None)


def in_public(path: str = "/") -> translation.override:
    """Return a context for what is served to readers and programs at `path`."""
    return translation.override(of_path(path))


def of_path(path: str) -> str:
    """Return the language that an address asks for."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in READERS else PUBLIC


def spoken() -> str:
    """Return the language in which readers are spoken to now; the public one where the desk speaks another."""
    active = translation.get_language()
    return active if active in READERS else PUBLIC


def quoted(text: str) -> str:
    """Return a text between the quotation marks of the language spoken, whatever language the text is in."""
    opening, closing = QUOTATION_MARKS[spoken()]
    return f"{opening}{text}{closing}"


def direction_of(tag: str) -> str:
    """Return the value of HTML's `dir` for a text in the language of `tag`: "rtl", or "auto" for what its letters say.

    A sentence in Arabic may begin with a name in Latin letters, from which "auto" would take it for one in English.
    """
    language, *others = tag.lower().split("-")
    script = next((part for part in others[:1] if len(part) == SCRIPT_LENGTH), "")
    from_right = script in SCRIPTS_FROM_RIGHT if script else language in FROM_RIGHT
    return "rtl" if from_right else "auto"


def local(path: str, language: str = "") -> str:
    """Return a path of the register, as documents hold it, as the address of the same page in the language spoken."""
    language = language or spoken()
    if language == PUBLIC or not path.startswith("/") or path.startswith(ONE_FOR_ALL):
        return path
    return f"/{language}{path}"


def plain(path: str) -> str:
    """Return the path that is the same page's in every language: what `local` made an address of."""
    language = of_path(path)
    return path if language == PUBLIC else path.removeprefix(f"/{language}") or "/"


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
