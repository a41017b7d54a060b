"""Writing at the same time from several processes: a verdict and a piece of evidence, each kept safe before the next.

Usage: python benchmarks/_acts.py KIND WRITERS SECONDS. `verbs`: the desk's `add_evidence` and `approve_verdict`, on
proposals made before the clock starts, since nobody approves their own; two commits. `plain`: the same two acts through
the plain register's serializers, `is_valid` and `save`, which its views would call; two commits as well. `bare`: the
rows of the plain register by SQL alone, two commits. `imports`: whole claims with five pieces of evidence and three
verdicts, a hundred in a transaction, from one process; counts verdicts. Prints rate and failures.
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

READY, MOST = (
    10,
    100,
)  # verdicts proposed for each second: for each writer, and for all of them at most
BATCH = 100
NOTHING = ("archived_url", "source_text", "remark", "rating")
_EVIDENCE = {
    "stance": "context",
    "kind": "document",
    "primary": False,
    "title": "A record of what was said.",
    "excerpt": "It was said on that day, and written down.",
    "withdrawn": False,
    **dict.fromkeys(NOTHING, ""),
}
_VERDICT = {
    "status": "unconfirmed",
    "cause": "new_evidence",
    "wording_version": 1,
    "rationale": "What was found.",
    "would_settle": "A record.",
    **dict.fromkeys(("known", "not_known", "single_source_reason"), ""),
}
OF_CLAIMS = (
    "id, public_id, wording, wording_version, language, kind, claimant_id, said_on, said_on_precision,"
    " status, status_since, published_at"
)
CLAIM_CHANGED = (
    f"INSERT INTO plain_historicalclaim ({OF_CLAIMS}, history_relation_id, history_date,"
    f" history_change_reason, history_type) SELECT {OF_CLAIMS}, id, %s, 'act', '~' FROM plain_claim WHERE id = %s"
)
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

    keys = keys_for(kind, int(min(READY * writers, MOST) * seconds) + writers)
    ready = [KINDS[kind](keys[number::writers]) for number in range(writers)]
    connections.close_all()  # a connection must not be shared with a process that is forked off
    fork = get_context("fork")
    start, told = fork.Barrier(writers), fork.Queue()
    started = [fork.Process(target=write, args=(acts, seconds, start, told)) for acts in ready]
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


def write(acts: Iterator[Act], seconds: float, start: Any, told: Any) -> None:
    """Do one act after the other until the time is over or none is ready; the first before all begin."""
    next(acts)()
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


def by_serializers(keys: list[int]) -> Iterator[Act]:
    """Yield acts as the plain register's views would do them."""
    from django.contrib.auth.models import User
    from plain.models import Claim

    known = {"user": User.objects.get_or_create(username="Editor")[0]}
    User.objects.get_or_create(username="Reviewer")
    public = list(Claim.objects.filter(pk__in=keys).values_list("public_id", flat=True))
    for key in itertools.cycle(public):
        yield lambda key=key: _posted(key, known)  # type: ignore[misc]


def _posted(claim: str, known: dict[str, Any]) -> None:
    from plain.serializers import EvidenceSerializer, VerdictSerializer

    evidence = {
        "claim": claim,
        "stance": "context",
        "kind": "document",
        "url": f"https://archive.example/acts/{claim}",
        "title": "A record of what was said.",
        "excerpt": "It was said on that day, and written down.",
    }
    verdict = {
        "claim": claim,
        "status": "unconfirmed",
        "cause": "new_evidence",
        "rationale": "What was found.",
        "would_settle": "A record.",
        "proposed_by": "Reviewer",
    }
    for serializer, data in ((EvidenceSerializer, evidence), (VerdictSerializer, verdict)):
        form = serializer(data=data, context=known)
        form.is_valid(raise_exception=True)
        form.save()


def by_sql(keys: list[int]) -> Iterator[Act]:
    """Yield the same rows written by SQL alone, with their histories."""
    for key in itertools.cycle(keys):
        yield lambda key=key: _inserted(key)  # type: ignore[misc]


def _inserted(key: int) -> None:
    from django.utils import timezone

    now, link = timezone.now(), f"https://archive.example/acts/{key}"
    change = {"history_date": now, "history_change_reason": "act", "history_type": "+"}
    evidence = _EVIDENCE | {"claim_id": key, "number": 10, "url": link, "recorded_at": now}
    verdict = _VERDICT | {"claim_id": key, "recorded_at": now}
    for table, row in (("evidence", evidence), ("verdict", verdict)):
        _insert(table, row, change, key)


def _insert(table: str, row: dict[str, Any], change: dict[str, Any], claim: int) -> None:
    """Write a row and its history in one transaction; for a verdict, also the claim's."""
    from django.db import connection, transaction

    def statement(into: str, given: dict[str, Any]) -> str:
        columns = ", ".join(f'"{name}"' for name in given)
        return f"INSERT INTO {into} ({columns}) VALUES ({', '.join(['%s'] * len(given))})"

    with transaction.atomic(), connection.cursor() as cursor:
        put = f"{statement(f'plain_{table}', row)} RETURNING id"
        cursor.execute(put, list(row.values()))
        key = cursor.fetchone()[0]
        line = row | change | {"id": key, "history_relation_id": key}
        cursor.execute(statement(f"plain_historical{table}", line), list(line.values()))
        if table == "verdict":
            now = row["recorded_at"]
            cursor.execute(
                "UPDATE plain_claim SET status = 'unconfirmed', status_since = %s WHERE id = %s",
                (now, claim),
            )
            cursor.execute(CLAIM_CHANGED, (now, claim))


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


KINDS = {"verbs": by_verbs, "plain": by_serializers, "bare": by_sql, "imports": by_import}

if __name__ == "__main__":
    main()
