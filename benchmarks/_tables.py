"""Tables of figures for the documentation, written between markers so that a run can bring a page up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as Markdown, its figures at the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def between(page: Path, name: str, text: str) -> None:
    """Put `text` between the markers of that name, `<!-- name -->` and `<!-- /name -->`. Raises ValueError without."""
    said = page.read_text()
    markers = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not markers.search(said):
        raise ValueError(f"{page} has no markers of {name}")
    page.write_text(markers.sub(lambda found: f"{found[1]}{text}\n{found[2]}", said))
