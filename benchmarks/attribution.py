"""Measures how well attributed statements are found: against the gold of news articles, with their speakers.

Usage: python benchmarks/attribution.py [--data FOLDER] [--share working|unread|all] [--json]. The folder
holds `attributions/*.ann` beside `text/*.txt`; it is not part of this project. Rules were made while
looking at the working share only; the unread share tells what they are worth on new articles. Without
the folder nothing is measured and the exit code is 0.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from _attribution_gold import GoldArticle, read_gold  # noqa: E402
from _attribution_score import KINDS, Score, Suggestion, score_article  # noqa: E402

from claims.reading.attribution import Statement, suggest  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "polnear"
TARGETS = {
    "f1": 0.80,
    "direct": 0.94,
    "speaker": 0.95,
    "untouched_per_1k": 1.5,
    "seconds_per_1k": 0.01,
}
PEERS = (
    ("textacy, direct quotations", 0.33, None, None),
    ("GenderGapTracker, quote extractor", 0.63, None, None),
    ("spaCy, dependency rule", 0.70, 0.92, 0.15),
)


def measure(articles: list[GoldArticle]) -> dict[str, float]:
    """Read every article and score what was suggested."""
    score, seconds = Score(), 0.0
    for article in articles:
        begun = time.process_time()
        statements = suggest(article.text)
        seconds += time.process_time() - begun
        score_article(score, article, [_as_written(statement) for statement in statements])
    figures = {"f1": score.f1, "speaker": score.speaker, "untouched_per_1k": score.untouched_per_1k}
    figures |= {kind: score.kind_f1(kind) for kind in KINDS}
    figures |= {"seconds_per_1k": 1000 * seconds / score.words, "words": score.words}
    return figures | {"articles": len(articles), "gold": score.gold}


def _as_written(statement: Statement) -> Suggestion:
    """With the speaker as the copy has it: the gold names a pronoun where the copy has a pronoun."""
    guessed = statement.source if statement.cue is None else None
    return Suggestion(statement.fragments, statement.source_surface or guessed)


def _print_table(share: str, figures: dict[str, float]) -> None:
    print(
        f"share {share}: {figures['articles']:.0f} articles, {figures['words']:.0f} words, "
        f"{figures['gold']:.0f} statements to find"
    )
    for name, value in figures.items():
        if name not in ("articles", "words", "gold"):
            target = TARGETS.get(name)
            print(f"  {name:18} {value:7.4f}" + (f"   target {target}" if target else ""))
    print("peers on all articles: F1, speaker, CPU seconds for 1,000 words")
    for peer, *values in PEERS:
        print(
            f"  {peer:34} "
            + "  ".join("-" if value is None else f"{value:.2f}" for value in values)
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--share", choices=("working", "unread", "all"), default="all")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    articles = read_gold(options.data, options.share) if options.data.is_dir() else []
    if not articles:
        print(f"no marked-up articles in {options.data}: nothing was measured")
        return 0
    figures = measure(articles)
    if options.json:
        print(json.dumps({"share": options.share, **figures}, indent=1))
    else:
        _print_table(options.share, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
