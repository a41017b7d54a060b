"""Fills the plain register of `benchmarks/plain` with what the documents of a register say (`_documents.py`).

Usage: python benchmarks/_plain_fill.py DOCUMENTS, with PLAIN_DATABASE_URL: DOCUMENTS holds one document a line. A
thousand claims at a time come in by `bulk_create` and django-simple-history's own ways of writing many rows with their
history, searchable as they are. Prints how many claims a second it took in, and the most memory it had (MiB).
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import orjson

sys.path.insert(0, str(Path(__file__).parent))
BATCH = 1_000
Document = dict[str, Any]
Pairs = Sequence[tuple[Any, Document]]


def main() -> None:
    """Make the tables and fill them; then let the planner know, as a database in use does before long."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "plain.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)  # people first: PostgreSQL wants what keys point at
    call_command("migrate", run_syncdb=True, verbosity=0)
    from django.db import connection

    known = Known()
    count, began = 0, time.perf_counter()
    with Path(sys.argv[1]).open("rb") as lines:
        documents = map(orjson.loads, lines)
        while batch := list(itertools.islice(documents, BATCH)):
            put(batch, known)
            count += len(batch)
    taken = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(json.dumps({"rate": count / taken, "rss": getrusage(RUSAGE_SELF).ru_maxrss // 1024}))


class Known:
    """Rows that many claims share, by what names them: found here once they were written."""

    def __init__(self) -> None:
        self.people: dict[str, Any] = {}
        self.publishers: dict[str, Any] = {}
        self.topics: dict[str, Any] = {}
        self.claimants: dict[str, Any] = {}
        self.articles: dict[str, Any] = {}

    def meet(self, documents: Sequence[Document]) -> None:
        """Write what was not met before."""
        from django.contrib.auth.models import User
        from plain.models import Publisher, Topic

        acts = (act["by"] for one in documents for act in one["history"])
        proposers = (given["proposed_by"] for one in documents for given in one["all_verdicts"])
        _add(self.people, itertools.chain(acts, proposers), lambda name: User(username=name))
        outlets = (place["article"]["publisher"] for place in _all(documents, "appearances"))
        cited = (piece["publisher"] for piece in _all(documents, "evidence"))
        names = itertools.chain(outlets, cited)
        _add(self.publishers, names, lambda name: Publisher(name=name))
        _add(self.topics, _all(documents, "topics"), lambda slug: Topic(slug=slug))
        self._meet_named(documents)

    def _meet_named(self, documents: Sequence[Document]) -> None:
        from plain.models import Article, Claimant

        people = {one["claimant"]["id"]: one["claimant"] for one in documents if one["claimant"]}
        for place in _all(documents, "appearances"):
            if said := place["speaker"]:
                people.setdefault(said["id"], said)
        _add(self.claimants, people, lambda key: Claimant(
            public_id=key, name=people[key]["name"], role=people[key].get("role") or ""
        ))  # fmt: skip
        articles = {one["article"]["id"]: one["article"] for one in _all(documents, "appearances")}
        _add(self.articles, articles, lambda key: Article(
            public_id=key, title=articles[key]["title"], language=articles[key]["language"],
            publisher=self.publishers.get(articles[key]["publisher"]),
            published_on=articles[key]["published_on"], source_url=articles[key]["source_url"] or "",
        ))  # fmt: skip


def _all(documents: Sequence[Document], name: str) -> Iterator[Any]:
    return itertools.chain.from_iterable(one[name] for one in documents)


def _add(known: dict[str, Any], names: Any, made: Callable[[str], Any]) -> None:
    new = {name: made(name) for name in dict.fromkeys(names) if name and name not in known}
    if new:
        model = type(next(iter(new.values())))
        known |= zip(new, model.objects.bulk_create(new.values()), strict=True)


def put(documents: Sequence[Document], known: Known) -> None:
    """Write the rows of some documents."""
    from django.db import transaction
    from plain.models import Appearance, Claim, Evidence
    from simple_history.utils import bulk_create_with_history

    with transaction.atomic():
        known.meet(documents)
        rows = Claim.objects.bulk_create(claim_of(one, known) for one in documents)
        pairs = list(zip(rows, documents, strict=True))
        lived(pairs, known)
        file_under(pairs, known)
        Appearance.objects.bulk_create(appearances_of(pairs, known))
        pieces = bulk_create_with_history(list(evidence_of(pairs, known)), Evidence)
        judge(pairs, {(piece.claim_id, piece.number): piece.pk for piece in pieces}, known)


def claim_of(document: Document, known: Known) -> Any:
    """Return the row of one claim."""
    from plain.models import Claim

    said = document["claimant"]
    return Claim(
        public_id=document["id"],
        wording=document["wording"],
        wording_version=document["wording_version"],
        language=document["language"],
        kind=document["kind"],
        claimant=known.claimants[said["id"]] if said else None,
        said_on=document["said_on"],
        said_on_precision=document["said_on_precision"] or "",
        status=document["status"] or "",
        status_since=document["status_since"],
        published_at=document["published_at"],
    )


def lived(pairs: Pairs, known: Known) -> None:
    """Write the history of each claim: how it was recorded, then each verdict."""
    from plain.models import Claim

    changes = [
        (claim, [act for act in one["history"] if act["act"] != "evidence_added"])
        for claim, one in pairs
    ]
    for claim, _ in changes:
        claim.status, claim.status_since, claim.published_at = "", None, None
    for at in range(max(len(acts) for _, acts in changes)):
        some = [(claim, acts[at]) for claim, acts in changes if at < len(acts)]
        for claim, act in some:
            change(claim, act, known)
        Claim.history.bulk_history_create([claim for claim, _ in some], update=at > 0)


def change(claim: Any, act: Mapping[str, Any], known: Known) -> None:
    """Let a claim be what it was after an act."""
    if status := act.get("status"):
        if status != claim.status:
            claim.status, claim.status_since = status, act["recorded_at"]
        claim.published_at = claim.published_at or act["recorded_at"]
    sign(claim, act, known)


def sign(row: Any, act: Mapping[str, Any], known: Known) -> Any:
    """Tell the history of a row who did it, when and what it was."""
    row._history_user = known.people.get(act["by"])
    row._history_date, row._change_reason = act["recorded_at"], act["act"]
    return row


def file_under(pairs: Pairs, known: Known) -> None:
    """File claims under their topics."""
    from plain.models import Claim

    link = Claim.topics.through
    link.objects.bulk_create(
        link(claim=claim, topic=known.topics[slug])
        for claim, document in pairs
        for slug in document["topics"]
    )


def appearances_of(pairs: Pairs, known: Known) -> Iterator[Any]:
    """Yield the rows of where claims stand."""
    from plain.models import Appearance

    for claim, document in pairs:
        acts = {act["number"]: act for act in document["history"]}
        for place in document["appearances"]:
            quote, speaker = place["quote"] or {}, place["speaker"]
            yield Appearance(
                claim=claim,
                article=known.articles[place["article"]["id"]],
                exact=quote.get("exact") or "",
                prefix=quote.get("prefix") or "",
                suffix=quote.get("suffix") or "",
                start=quote.get("start"),
                end=quote.get("end"),
                speaker=known.claimants[speaker["id"]] if speaker else None,
                speaker_inferred=place["speaker_inferred"],
                cue=place["cue"] or "",
                cue_class=place["cue_class"],
                position=place["position"],
                direct=place["direct"],
                recorded_at=acts[place["entry"]]["recorded_at"],
            )


def evidence_of(pairs: Pairs, known: Known) -> Iterator[Any]:
    """Yield the rows of the claims' evidence."""
    from plain.models import Evidence

    texts = ("url", "archived_url", "source_text", "title", "excerpt", "remark", "rating")
    for claim, document in pairs:
        acts = {act["number"]: act for act in document["history"]}
        for piece in document["evidence"]:
            row = Evidence(
                claim=claim,
                number=piece["entry"],
                stance=piece["stance"],
                kind=piece["kind"],
                primary=piece["primary"],
                origin=piece["origin"],
                publisher=known.publishers.get(piece["publisher"]),
                published_on=piece["published_on"],
                recorded_at=piece["recorded_at"],
                withdrawn=bool(piece["withdrawn"]),
                **{name: piece[name] or "" for name in texts},
            )
            yield sign(row, acts[piece["entry"]], known)


def judge(pairs: Pairs, pieces: Mapping[tuple[int, int], int], known: Known) -> None:
    """Write the verdicts, and what they rest on."""
    from plain.models import Verdict
    from simple_history.utils import bulk_create_with_history

    given = [(claim, one) for claim, document in pairs for one in document["all_verdicts"]]
    rows = bulk_create_with_history(list(verdicts_of(pairs, known)), Verdict)
    link = Verdict.rests_on.through
    link.objects.bulk_create(
        link(verdict=row, evidence_id=pieces[claim.pk, number])
        for row, (claim, one) in zip(rows, given, strict=True)
        for number in one["rests_on"]
    )


def verdicts_of(pairs: Pairs, known: Known) -> Iterator[Any]:
    """Yield the rows of the claims' verdicts."""
    from plain.models import Verdict

    texts = ("rationale", "known", "not_known", "would_settle", "single_source_reason")
    for claim, document in pairs:
        acts = {act["number"]: act for act in document["history"]}
        for given in document["all_verdicts"]:
            act = acts[given["entry"]]
            row = Verdict(
                claim=claim,
                status=act["status"],
                cause=act["cause"],
                wording_version=act["wording_version"],
                proposed_by=known.people.get(given["proposed_by"]),
                approved_by=known.people.get(act["by"]),
                recorded_at=act["recorded_at"],
                **{name: given[name] or "" for name in texts},
            )
            yield sign(row, act, known)


if __name__ == "__main__":
    main()
