"""The rounds of `serving.py`: the register, the plain one and the limit asked in turn; lines, and what was missed."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from _kept import run
from _load import Reached, ask, middle
from _workloads import Targets, Work

OURS, PLAIN, LIMIT = (f"http://127.0.0.1:{port}" for port in (8441, 8442, 8443))
JUDGED = 8  # connections
NONE = "-"
SLOWEST = 0.2  # of the plain register's 99th percentile, at most
HEAD = ("work", "conn", "ours/s", "plain/s", "limit/s", "x plain", "of limit", "p99 ms", "of plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table: rates in a second of what is counted, the slowest hundredth in ms, answers that failed."""

    engine: str
    key: str
    name: str
    connections: int
    ours: float
    plain: float
    limit: float | None = None
    p99: float | None = None
    plain_p99: float | None = None
    failed: int = 0

    @property
    def times(self) -> float:
        """Return how many times the plain register's rate this is."""
        return self.ours / self.plain if self.plain else float("inf")

    @property
    def share(self) -> float | None:
        """Return which share of the limit this is."""
        return self.ours / self.limit if self.limit else None

    @property
    def tail(self) -> float | None:
        """Return the slowest hundredth beside that of the plain register."""
        return self.p99 / self.plain_p99 if self.p99 and self.plain_p99 else None

    def cells(self) -> list[str]:
        """Return what the table shows."""
        share, tail = self.share, self.tail
        return [
            f"{self.key} {self.name}",
            str(self.connections),
            f"{self.ours:,.0f}",
            f"{self.plain:,.0f}",
            f"{self.limit:,.0f}" if self.limit else NONE,
            f"{self.times:.1f}",
            f"{share:.2f}" if share is not None else NONE,
            f"{self.p99:.1f}" if self.p99 is not None else NONE,
            f"{tail:.2f}" if tail is not None else NONE,
        ]

    def missed(self, targets: Targets) -> Iterator[str]:
        """Yield each target that was missed."""
        name, share, tail = f"{self.engine} {self.key}", self.share, self.tail
        if self.failed:
            yield f"{name} {self.failed} answers failed"
        if self.times < targets.plain:
            yield f"{name} {self.times:.1f}x of {targets.plain:g}x"
        if share is not None and share < targets.limit:
            yield f"{name} {share:.2f} of {targets.limit:g} of the limit"
        if tail is not None and tail > SLOWEST:
            yield f"{name} p99 {tail:.2f} of {SLOWEST}"


@dataclass(slots=True)
class Measured:
    """The rounds of one kind of work at one number of connections."""

    ours: list[Reached] = field(default_factory=list)
    plain: list[Reached] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)


def as_data(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return lines as JSON holds them."""
    return [
        asdict(one) | {"times": one.times, "share": one.share, "tail": one.tail} for one in lines
    ]


def show(cells: Sequence[str]) -> None:
    """Print one line of the table."""
    print(f"{cells[0]:30}" + "".join(f"{cell:>10}" for cell in cells[1:]), flush=True)


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
    found = Measured()
    for at in range(number + 1):
        _take(found, work, connections, seconds if at else work.warm, variables, keep=bool(at))
    ours, plain = middle(found.ours), middle(found.plain)
    return Line(
        engine=engine,
        key=work.key,
        name=work.name,
        connections=connections,
        ours=ours.rate * work.times,
        plain=plain.rate * work.times,
        limit=statistics.median(found.limit) * work.times,
        p99=ours.p99,
        plain_p99=plain.p99,
        failed=ours.failed,
    )


def _take(
    found: Measured,
    work: Work,
    connections: int,
    seconds: int,
    variables: Mapping[str, str],
    *,
    keep: bool,
) -> None:
    ours = ask(OURS, work.ours, connections=connections, seconds=seconds)
    plain = ask(PLAIN, work.plain, connections=connections, seconds=seconds)
    if work.bare:
        told = run(
            "_bare_sql.py", work.bare, str(seconds), variables=variables, more=json.dumps(work.more)
        )
        limit = float(told) / work.times
    else:
        limit = ask(LIMIT, [f"/{work.key}/"], connections=connections, seconds=seconds).rate
    if keep:
        found.ours.append(ours)
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
