"""Scores how well web pages are read: title, authors, date and text, against pages of the press.

Usage: python benchmarks/reading.py [FOLDER] [--pages]. The folder holds `fundus/` (a page and the
expected reading as JSON) and `article-extraction-benchmark/` (`ground-truth.json`); they are not
part of this project. Without the folder nothing is measured and the exit code is 0.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claims.reading.parse import ParsedArticle, UnreadableArticle, parse_article  # noqa: E402

_SHINGLE = 4


@dataclass(frozen=True)
class Expected:
    """What a page should be read as; None where the data does not say."""

    text: str
    title: str | None = None
    authors: frozenset[str] | None = None
    day: str | None = None


@dataclass(frozen=True)
class Score:
    """One page's result; a figure is None where nothing was expected."""

    page: str
    text: float
    title: bool | None
    authors: float | None
    day: bool | None
    seconds: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words."""
    words = re.findall(r"\w+", text.lower())
    size = min(_SHINGLE, max(len(words), 1))
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def f1(found: str, wanted: str) -> float:
    """Give the F1 of found against wanted runs of words."""
    ours, gold = shingles(found), shingles(wanted)
    common = (ours & gold).total()
    return 2 * common / (ours.total() + gold.total()) if common else 0.0


def fundus(folder: Path) -> Iterator[tuple[Path, list[Expected]]]:
    """Give each page with the readings it may have (a publisher's file holds several)."""
    for page in sorted(folder.glob("*.html.gz")):
        stem = re.sub(r"_\d{4}_\d\d_\d\d$", "", page.name.removesuffix(".html.gz"))
        versions = json.loads((folder / f"{stem}.json").read_text()).values()
        yield page, [_fundus_expected(version) for version in versions]


def _fundus_expected(version: dict[str, Any]) -> Expected:
    body = version["body"]
    parts = list(body["summary"])
    for section in body["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return Expected(
        "\n\n".join(parts),
        version["title"],
        frozenset(version["authors"]),
        (version.get("publishing_date") or "")[:10] or None,
    )


def extraction_benchmark(folder: Path) -> Iterator[tuple[Path, list[Expected]]]:
    """Give each page of the extraction benchmark with its body text."""
    truth = json.loads((folder / "ground-truth.json").read_text())
    for page in sorted(folder.glob("*.html.gz")):
        yield page, [Expected(truth[page.name.removesuffix(".html.gz")]["articleBody"])]


def score(page: Path, versions: list[Expected]) -> Score:
    """Read one page and score it against the version that it is."""
    data = gzip.decompress(page.read_bytes())
    began = time.process_time()
    try:
        article = parse_article(data, media_type="text/html")
    except UnreadableArticle:
        return Score(page.name, 0.0, False, 0.0, False, time.process_time() - began)
    seconds = time.process_time() - began
    full = f"{article.standfirst}\n\n{article.text}"
    ranked = [(max(f1(full, v.text), f1(article.text, v.text)), v) for v in versions]
    text, wanted = max(ranked, key=lambda pair: pair[0])
    title = _words(article.title) == _words(wanted.title) if wanted.title else None
    day = str(article.published_on) == wanted.day if wanted.day else None
    return Score(page.name, text, title, _authors(article, wanted), day, seconds)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _authors(article: ParsedArticle, wanted: Expected) -> float | None:
    if not wanted.authors:
        return None
    ours = {" ".join(_words(name)) for name in article.authors}
    gold = {" ".join(_words(name)) for name in wanted.authors}
    return 2 * len(ours & gold) / (len(ours) + len(gold))


def _mean(values: list[Any]) -> str:
    known = [float(value) for value in values if value is not None]
    return f"{sum(known) / len(known):.3f} (n={len(known)})" if known else "-"


def report(name: str, scores: list[Score], *, pages: bool) -> str:
    """Give the figures of one collection as text."""
    lines = [
        f"{name}: {len(scores)} pages",
        f"  text F1    {_mean([s.text for s in scores])}",
        f"  title      {_mean([s.title for s in scores])}",
        f"  authors F1 {_mean([s.authors for s in scores])}",
        f"  date       {_mean([s.day for s in scores])}",
        f"  CPU s/page {_mean([s.seconds for s in scores])}",
    ]
    return "\n".join(lines + [f"  {one}" for one in scores if pages])


def main() -> None:
    """Measure what there is to measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    default = ROOT.parent / "shared" / "data" / "news-html"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--pages", action="store_true", help="also one line a page")
    options = parser.parse_args()
    sources = {"fundus": fundus, "article-extraction-benchmark": extraction_benchmark}
    for name, read in sources.items():
        if not (options.folder / name).is_dir():
            sys.stdout.write(f"{name}: not there, skipped\n")
            continue
        scores = [score(page, versions) for page, versions in read(options.folder / name)]
        sys.stdout.write(report(name, scores, pages=options.pages) + "\n")


if __name__ == "__main__":
    main()
