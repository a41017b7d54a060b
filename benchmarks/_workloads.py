"""What is asked of the register and of the plain one, and what each must reach: the table of `serving.py`.

The numbers stand for kinds of work: 1 a claim with its history, 2a a filtered list, 2b a list deep down, 3 a search,
4 following changes, 5 the page of a claim, 6 a verdict and a piece of evidence, 7 taking a register in, 8a a claim as
of a moment, 8b a list as of a moment.
"""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

DEEP, PAGE, CHANGES, FOUND = 50_000, 50, 500, 20
STATUS = "disputed"
Right = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Targets:
    """How many times the plain register's rate must be reached, and what share of the limit."""

    plain: float
    limit: float


WRITING = Targets(4, 0.3)
BATCHED = 1_000  # verdicts a second
REBUILDING = Targets(2, 0)
REBUILDING_MEMORY = 150  # MiB, at any size
# How many times longer the largest register of `growth.py` may take than the smallest.
BORNE = {"W1": 2, "W2a": 2, "W2b": 2, "W3": 3, "W4": 2, "W5": 2, "W8a": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of work: the addresses at both registers, and the limit: prebuilt bytes, or SQL alone."""

    key: str
    name: str
    ours: list[str]
    plain: list[str]
    targets: Mapping[str, Targets]
    bare: str = ""  # the name of a query of `_bare_sql`; prebuilt bytes of the first answer where there is none
    times: int = 1  # how many rows one answer holds, where rows are counted
    warm: int = 1  # seconds; longer where each worker learns each answer first
    alone: bool = False  # whether one client alone does it
    right: Right = bool  # whether an answer, of either register, holds what it must
    more: dict[str, Any] = field(default_factory=dict)


def works(documents: Path, count: int, base: str) -> Iterator[Work]:
    """Yield every kind of work: addresses of sampled documents, of `count` claims listed by the register at `base`."""
    chosen = [json.loads(line) for line in documents.open("rb")]
    yield from claims(chosen)
    yield from lists(base, count)
    yield from searches(chosen)
    yield Work(
        key="W4",
        name="changes, rows",
        ours=followed(base),
        plain=[f"/api/changes/?page={page}&page_size={CHANGES}" for page in range(1, 101)],
        targets=both(12, 0.2),
        bare="changes",
        right=holds(1),
        times=CHANGES,
        alone=True,
    )
    yield from past(chosen)


def claims(chosen: list[dict[str, Any]]) -> Iterator[Work]:
    """Yield what is asked of one claim: its whole document, and its page."""
    ids = [document["id"] for document in chosen]
    yield Work(
        key="W1",
        name="claim with history",
        ours=[f"/api/v1/claims/{one}/" for one in ids],
        plain=[f"/api/claims/{one}/" for one in ids],
        targets={"sqlite": Targets(100, 0.6), "postgresql": Targets(35, 0.25)},
        warm=6,
        right=lambda body: b'"verdict_given"' in body and body.count(b'"excerpt"') >= 5,
    )
    yield Work(
        key="W5",
        name="page of a claim",
        ours=[document["html_url"] for document in chosen],
        plain=[f"/claims/{one}/" for one in ids],
        targets=both(20, 0.25),
        warm=30,
        right=lambda body: b"</html>" in body and body.count(b"<blockquote") >= 5,
    )


def lists(base: str, count: int) -> Iterator[Work]:
    """Yield the list of a status, and all claims from a place deep down."""
    yield Work(
        key="W2a",
        name="list by status",
        ours=[f"/api/v1/claims/?status={STATUS}&limit={PAGE}"],
        plain=[f"/api/claims/?status={STATUS}"],
        targets=both(15, 0.10),
        bare="list",
        right=holds(PAGE),
    )
    yield Work(
        key="W2b",
        name="list, deep",
        ours=[deep(base, count)],
        plain=[f"/api/claims/?page={min(DEEP, count // 2) // PAGE}"],
        targets=both(100, 0),
        right=holds(PAGE),
    )


def holds(number: int) -> Right:
    """Return what tells whether an answer holds at least that many rows."""
    return lambda body: len(json.loads(body)["results"]) >= number


def both(plain: float, limit: float) -> dict[str, Targets]:
    """Return the same targets on both engines."""
    return dict.fromkeys(("sqlite", "postgresql"), Targets(plain, limit))


def searches(chosen: list[dict[str, Any]]) -> Iterator[Work]:
    """Yield the search: two words that stand next to each other in some claim."""
    pairs = [" ".join(neighbours(document["wording"])) for document in chosen[:200]]
    yield Work(
        key="W3",
        name="search, two words",
        ours=[f"/api/v1/claims/?q={quote(pair)}&limit={FOUND}" for pair in pairs],
        plain=[f"/api/claims/?search={quote(pair)}&page_size={FOUND}" for pair in pairs],
        targets={"sqlite": Targets(300, 0.3), "postgresql": Targets(300, 0.25)},
        bare="search",
        right=holds(1),
        more={"pairs": pairs},
    )


def neighbours(wording: str) -> tuple[str, str]:
    """Return two words that stand next to each other and are long: nothing is searched by “as” and “has”."""
    words = wording.rstrip(".").split()
    return max(itertools.pairwise(words), key=lambda pair: min(map(len, pair)))


def past(chosen: list[dict[str, Any]]) -> Iterator[Work]:
    """Yield what is asked of the past: each claim between its acts, and a list at a moment in the middle."""
    moments = [
        (one["id"], one["history"][len(one["history"]) // 2]["recorded_at"]) for one in chosen
    ]
    middle = sorted(moment for _, moment in moments)[len(moments) // 2]
    yield Work(
        key="W8a",
        name="claim as of a moment",
        ours=[
            f"/api/v1/claims/{one}/?as_of={moment}"
            for one, moment in moments
            if published(one, moment, chosen)
        ],
        plain=[
            f"/api/claims/{one}/?as_of={moment}"
            for one, moment in moments
            if published(one, moment, chosen)
        ],
        targets=both(10, 0),
        right=lambda body: b'"status"' in body,
    )
    yield Work(
        key="W8b",
        name="list as of a moment",
        ours=[f"/api/v1/claims/?status={STATUS}&limit={PAGE}&as_of={middle}"],
        plain=[f"/api/claims/?status={STATUS}&as_of={middle}"],
        targets=both(10, 0.12),
        bare="list then",
        right=holds(1),
        more={"moment": middle},
    )


def published(public_id: str, moment: str, chosen: list[dict[str, Any]]) -> bool:
    """Return whether a claim was public at a moment: before, both registers answer 404."""
    return any(one["id"] == public_id and one["published_at"] <= moment for one in chosen)


def deep(base: str, claims: int) -> str:
    """Return the address of the page behind DEEP claims, or behind half of them where there are fewer."""
    path = f"/api/v1/claims/?limit={PAGE * 2}"
    for _ in range(min(DEEP, claims // 2) // (PAGE * 2)):
        path = asked(base, path)["next"].removeprefix(base)
    return str(path.replace(f"limit={PAGE * 2}", f"limit={PAGE}"))


def followed(base: str) -> list[str]:
    """Return the addresses of the first hundred pages of changes."""
    paths = ["/api/v1/changes/"]
    while len(paths) < 100 and (answer := asked(base, paths[-1]))["more"]:
        paths.append(answer["next"].removeprefix(base))
    return paths


def asked(base: str, path: str) -> Any:
    """Return the JSON of an answer."""
    return json.loads(fetched(base + path))


def fetched(url: str) -> bytes:
    """Return the bytes at an address; what is no 200 is raised as HTTPError."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  (our own server)
        if answer.status != 200 or answer.url != url:
            raise ValueError(f"{url}: {answer.status} from {answer.url}")
        return bytes(answer.read())
