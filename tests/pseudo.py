"""A language in which every translated sentence is marked, and what a page shows that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.utils.translation import trans_real

LANGUAGE = "de"
OPEN, CLOSE = "⟦", "⟧"
SPOKEN = ("aria-label", "aria-description", "aria-roledescription", "alt", "placeholder", "title")
SILENT = {"script", "style", "template", "code", "pre"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What no language has words of its own for: addresses, digests, the time of the world.
WORDLESS = re.compile(r"https?://\S+|\b[0-9a-f]{64}\b|\bUTC\b")


class Pseudo(trans_real.DjangoTranslation):
    """A catalogue that knows every sentence, and marks it."""

    def gettext(self, message: str) -> str:
        return OPEN + message.rpartition("\x04")[2] + CLOSE

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class _Reader(HTMLParser):
    """Reads a page in the order in which it is read out, counting how deep in marks it is.

    What stands in an element that names a language of its own, or is a machine's words, is passed over.
    """

    def __init__(self, data: frozenset[str]) -> None:
        super().__init__()
        self.data = data
        self.depth = 0
        self.passed_over: list[str] = []
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        foreign = tag in SILENT or ("lang" in given and tag != "html")
        if (self.passed_over or foreign) and tag not in VOID:
            self.passed_over.append(tag)
        if self.passed_over:
            return
        spoken = [given[name] for name in SPOKEN if name in given]
        spoken += [value for name, value in given.items() if name.startswith("data-say-")]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            spoken.append(given.get("value", ""))
        for text in spoken:
            self.bare += [f"{tag}: {text}" for _ in list(self._unmarked(text, 0))[:1]]

    def handle_endtag(self, tag: str) -> None:
        while self.passed_over and self.passed_over.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.passed_over:
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
