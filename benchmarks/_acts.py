"""Writing at the same time from several processes: a verdict and a piece of evidence, each kept safe before the next.

Usage: python benchmarks/_acts.py KIND WRITERS SECONDS. `verbs`: the desk's `add_evidence` and `approve_verdict`, on
proposals made before the clock starts, since nobody approves their own; two commits. `plain`: the plain register's rows
and its claim, saved in one transaction. `bare`: the same rows by SQL alone. `imports`: whole claims with five pieces of
evidence and three verdicts, a hundred in a transaction, from one process; counts verdicts. Prints rate and failures.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from typing import Any

READY = 10  # verdicts that each writer finds proposed, for each second
BATCH = 100
Act = Callable[[], object]
Told = tuple[int, int, float]


def main() -> None:
    """Start the writers, add up what they did."""
    kind, writers, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    if kind in ("plain", "bare"):
        os.environ["DJANGO_SETTINGS_MODULE"] = "plain.settings"
    import django

    django.setup()
    from django.db import connections

    keys = keys_for(kind, int(READY * seconds) * writers)
    connections.close_all()  # a connection must not be shared with a process that is forked off
    fork = get_context("fork")
    start, told = fork.Barrier(writers), fork.Queue()
    started = [
        fork.Process(target=write, args=(kind, keys[number::writers], seconds, start, told))
        for number in range(writers)
    ]
    for one in started:
        one.start()
    found: list[Told] = [told.get(timeout=900) for _ in started]
    for one in started:
        one.join()
    done, failed = (sum(one[at] for one in found) for at in (0, 1))
    each = 3 * BATCH if kind == "imports" else 1
    longest = max(taken for _, _, taken in found)
    print(json.dumps({"rate": done * each / longest, "failed": failed}))


def keys_for(kind: str, number: int) -> list[int]:
    """Return the keys of claims to write on."""
    if kind in ("plain", "bare"):
        from plain.models import Claim as Plain

        return list(Plain.objects.order_by("pk").values_list("pk", flat=True)[:number])
    from claims.models import Claim

    free = Claim.objects.listed().filter(reviews=None)
    return list(free.order_by("pk").values_list("pk", flat=True)[:number])


def write(kind: str, keys: list[int], seconds: float, start: Any, told: Any) -> None:
    """Do one act after the other until the time is over or none is ready."""
    acts = KINDS[kind](keys)
    start.wait(600)
    done, failed, began = 0, 0, time.perf_counter()
    for act in acts:
        try:
            act()
            done += 1
        except Exception as error:  # noqa: BLE001  (whatever it is, it would be an answer 500)
            failed += 1
            print(repr(error), file=sys.stderr)
        if time.perf_counter() - began > seconds:
            break
    told.put((done, failed, time.perf_counter() - began))


def by_verbs(keys: list[int]) -> Iterator[Act]:
    """Propose on claims of this writer's own; return the acts that are then timed."""
    from _register import person

    from claims.models import Claim

    proposer, approver = person("Reviewer"), person("Editor")
    claims = Claim.objects.filter(pk__in=keys)
    ready = [(claim, _proposed(claim, proposer)) for claim in claims]
    return iter([_given(claim, review, approver) for claim, review in ready])


def _proposed(claim: Any, proposer: Any) -> Any:
    from claims import workflow as verbs
    from claims.vocabulary import ReviewReason
    from claims.workflow.checklist import open_items

    review = verbs.open_review(claim, reason=ReviewReason.NEW_EVIDENCE, by=proposer)
    for item in open_items(review):
        verbs.check_item(review, item, by=proposer)
    verbs.propose_verdict(review, _draft("What was found."), by=proposer)
    return review


def _draft(rationale: str) -> Any:
    from claims import workflow as verbs
    from claims.vocabulary import VerificationStatus

    return verbs.VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale=rationale, would_settle="A record."
    )


def _piece(key: str) -> Any:
    from claims import workflow as verbs
    from claims.vocabulary import EvidenceKind, Stance

    return verbs.EvidenceDraft(
        stance=Stance.CONTEXT,
        kind=EvidenceKind.DOCUMENT,
        url=f"https://archive.example/{key}",
        title="A record of what was said.",
        excerpt="It was said on that day, and written down.",
    )


def _given(claim: Any, review: Any, by: Any) -> Act:
    from claims import workflow as verbs

    def act() -> None:
        verbs.add_evidence(claim, _piece(f"acts/{claim.pk}"), by=by)
        verbs.approve_verdict(review, by=by)

    return act


def by_models(keys: list[int]) -> Iterator[Act]:
    """Yield acts as the plain register would do them."""
    from django.db import transaction
    from django.utils import timezone
    from plain.models import Change, Claim, Evidence

    def act(key: int) -> None:
        now = timezone.now()
        with transaction.atomic():
            claim = Claim.objects.select_for_update().get(pk=key)
            last = claim.changes.count()
            Evidence.objects.create(claim=claim, number=last + 1, stance="context", kind="document",
                                    url=f"https://archive.example/{key}", title="A record.",
                                    excerpt="It was said on that day.", recorded_at=now)  # fmt: skip
            for at, what in ((1, "evidence_added"), (2, "verdict_given")):
                Change.objects.create(claim=claim, number=last + at, act=what, by="Editor",
                                      status="unconfirmed" if at == 2 else "",
                                      rationale="What was found.", recorded_at=now)  # fmt: skip
            claim.status, claim.status_since = "unconfirmed", now
            claim.save()

    for key in itertools.cycle(keys):
        yield lambda key=key: act(key)  # type: ignore[misc]


def by_sql(keys: list[int]) -> Iterator[Act]:
    """Yield the same rows written by SQL alone."""
    from django.db import connection, transaction
    from django.utils import timezone

    def act(key: int) -> None:
        now = timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO plain_evidence (claim_id, number, stance, kind, url, title, publisher, excerpt,"
                " recorded_at) VALUES (%s, 10, 'context', 'document', %s, 'A record.', '', 'It was said.', %s)",
                (key, f"https://archive.example/{key}", now),
            )
            for at in (10, 11):
                cursor.execute(
                    'INSERT INTO plain_change (claim_id, number, act, "by", reason, status, rationale, recorded_at)'
                    " VALUES (%s, %s, 'verdict_given', 'Editor', '', 'unconfirmed', 'What was found.', %s)",
                    (key, at, now),
                )
            cursor.execute(
                "UPDATE plain_claim SET status = 'unconfirmed', status_since = %s WHERE id = %s",
                (now, key),
            )

    for key in itertools.cycle(keys):
        yield lambda key=key: act(key)  # type: ignore[misc]


def by_import(keys: list[int]) -> Iterator[Act]:
    """Yield imports of whole claims, a batch each."""
    from _register import Words, person

    from claims import workflow as verbs

    importer, words = person("Importer"), Words()
    made = [[_whole(words, batch, at) for at in range(BATCH)] for batch in range(20)]
    for rows in made:
        yield lambda rows=rows: verbs.import_claims(  # type: ignore[misc]
            rows, source="benchmark", origin="Elsewhere", by=importer
        )


def _whole(words: Any, batch: int, at: int) -> Any:
    from claims import workflow as verbs
    from claims.vocabulary import ClaimKind

    key = f"{os.getpid()}-{batch}-{at}"
    return verbs.ImportedClaim(
        key=key,
        claim=verbs.ClaimDraft(wording=words.sentence(), kind=ClaimKind.FACT),
        evidence=[_piece(f"{key}/{piece}") for piece in range(5)],
        verdicts=[verbs.ImportedVerdict(draft=_draft(words.sentence())) for _ in range(3)],
    )


KINDS = {"verbs": by_verbs, "plain": by_models, "bare": by_sql, "imports": by_import}

if __name__ == "__main__":
    main()
