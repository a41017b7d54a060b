"""A language in which every translated sentence is marked, and what a page shows that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.utils.translation import trans_real

LANGUAGE = "de"
OPEN, CLOSE = "⟦", "⟧"
SPOKEN = ("aria-label", "aria-description", "aria-roledescription", "alt", "placeholder", "title")
SILENT = {"script", "style", "template"}
LATIN = re.compile(r"[A-Za-z]+")
# What no language has words for: addresses and digests.
WORDLESS = re.compile(r"https?://\S+|\b[0-9a-f]{64}\b")


class Pseudo(trans_real.DjangoTranslation):
    """A catalogue that knows every sentence, and marks it."""

    def gettext(self, message: str) -> str:
        return OPEN + message.rpartition("\x04")[2] + CLOSE

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class _Reader(HTMLParser):
    """Reads a page in the order in which it is read out, counting how deep in marks it is."""

    def __init__(self, data: frozenset[str]) -> None:
        super().__init__()
        self.data = data
        self.depth = 0
        self.silent = 0
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        given = {name: value or "" for name, value in attrs}
        spoken = [given[name] for name in SPOKEN if name in given]
        spoken += [value for name, value in given.items() if name.startswith("data-say-")]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            spoken.append(given.get("value", ""))
        if tag == "meta" and given.get("name") == "description":
            spoken.append(given.get("content", ""))
        for text in spoken:
            self.bare += [f"{tag}: {text}" for _ in list(self._unmarked(text, 0))[:1]]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.bare += [data.strip() for _ in list(self._unmarked(data, self.depth))[:1]]
        self.depth += data.count(OPEN) - data.count(CLOSE)

    def _unmarked(self, text: str, depth: int) -> Iterator[str]:
        """Yield the words outside all marks that are none of the register's data."""
        for run in re.split(f"([{OPEN}{CLOSE}])", WORDLESS.sub(" ", text)):
            depth += (run == OPEN) - (run == CLOSE)
            words = re.findall(r"[\w@.+-]*[A-Za-z][\w@.+-]*", run) if depth == 0 else []
            yield from (word for word in words if word.strip(".") not in self.data)


def bare_words(source: str, data: frozenset[str] = frozenset()) -> list[str]:
    """Return what a page says outside every mark, but for `data`: ids that stand there as they are."""
    reader = _Reader(data)
    reader.feed(source)
    reader.close()
    assert reader.depth == 0, "a mark was cut"
    return reader.bare
