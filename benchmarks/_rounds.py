"""The rounds of `serving.py`: the register with and without kept answers, the plain one and the limit, in turn."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field

from _kept import run
from _lines import Line
from _load import Reached, ask, middle
from _workloads import Work

OURS, PLAIN, LIMIT, ANEW = (f"http://127.0.0.1:{port}" for port in (8441, 8442, 8443, 8444))
JUDGED = 8  # connections


@dataclass(slots=True)
class Measured:
    """The rounds of one kind of work at one number of connections."""

    ours: list[Reached] = field(default_factory=list)
    anew: list[Reached] = field(default_factory=list)
    plain: list[Reached] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)


def rounds(
    engine: str,
    work: Work,
    connections: int,
    *,
    seconds: int,
    number: int,
    variables: Mapping[str, str],
) -> Line:
    """Measure one kind of work at one number of connections, a first round to warm up."""
    _take(Measured(), work, connections, 1, variables)
    found = Measured()
    for _ in range(number):
        _take(found, work, connections, seconds, variables)
    ours, anew, plain = map(middle, (found.ours, found.anew, found.plain))
    return Line(
        engine=engine,
        key=work.key,
        name=work.name,
        connections=connections,
        ours=ours.rate * work.times,
        anew=anew.rate * work.times,
        plain=plain.rate * work.times,
        limit=statistics.median(found.limit) * work.times,
        p99=ours.p99,
        anew_p99=anew.p99,
        plain_p99=plain.p99,
        failed=ours.failed + anew.failed,
    )


def warm(work: Work) -> None:
    """Let each worker learn what it keeps, before any kind of work is measured at any number of connections."""
    for base in (OURS, ANEW):
        ask(base, work.ours, connections=JUDGED, seconds=work.warm)


def _take(
    found: Measured, work: Work, connections: int, seconds: int, variables: Mapping[str, str]
) -> None:
    ours = ask(OURS, work.ours, connections=connections, seconds=seconds)
    anew = ask(ANEW, work.ours, connections=connections, seconds=seconds)
    plain = ask(PLAIN, work.plain, connections=connections, seconds=seconds)
    if work.bare:
        told = run(
            "_bare_sql.py", work.bare, str(seconds), variables=variables, more=json.dumps(work.more)
        )
        limit = float(told) / work.times
    else:
        limit = ask(LIMIT, [f"/{work.key}/"], connections=connections, seconds=seconds).rate
    found.ours.append(ours)
    found.anew.append(anew)
    found.plain.append(plain)
    found.limit.append(limit)


def writing(
    engine: str, writers: int, seconds: int, number: int, variables: Mapping[str, str]
) -> Line:
    """Measure verdicts with their evidence, by the verbs, the plain register's models and bare SQL in turn."""
    found: dict[str, list[dict[str, float]]] = {"verbs": [], "plain": [], "bare": []}
    for _ in range(number):
        for kind, told in found.items():
            told.append(_acts(kind, writers, seconds, variables))
    rate = {kind: statistics.median(one["rate"] for one in told) for kind, told in found.items()}
    return Line(
        engine=engine,
        key="W6",
        name="verdict + evidence",
        connections=writers,
        ours=rate["verbs"],
        plain=rate["plain"],
        limit=rate["bare"],
        failed=int(sum(one["failed"] for one in found["verbs"])),
    )


def importing(engine: str, seconds: int, number: int, variables: Mapping[str, str]) -> float:
    """Return how many verdicts a second come in with whole claims, a hundred claims in a transaction."""
    told = [_acts("imports", 1, seconds, variables)["rate"] for _ in range(number)]
    return statistics.median(told)


def _acts(kind: str, writers: int, seconds: int, variables: Mapping[str, str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(
        run("_acts.py", kind, str(writers), str(seconds), variables=variables).splitlines()[-1]
    )
    return found
