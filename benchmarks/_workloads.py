"""What is asked of the register and of the plain one, and what each must reach: the table of `serving.py`.

The numbers stand for kinds of work: 1 a claim with its history, 2a a filtered list, 2b a list deep down, 3 a search,
4 following changes, 5 the page of a claim, 6 a verdict and a piece of evidence, 7 taking a register in, 8a a claim as
of a moment, 8b a list as of a moment. Each is asked with many addresses in turn: no answer is one that is always asked.
"""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

DEEP, PAGE, CHANGES, FOUND = 50_000, 50, 500, 20
STATUS = "disputed"
PAGES, MOMENTS = 10, 20  # pages of each list, and moments of which it is asked
CHOICES = (
    {"status": STATUS},
    {"status": "confirmed", "order": "-published"},
    {"status": "unconfirmed", "language": "de"},
    {"language": "fr"},
    {"topic": "topic-0"},
    {"topic": "topic-1", "status": STATUS},
    {"order": "published"},
)
HISTORIES = {
    "evidence": 5,
    "claims": 4,
    "verdicts": 3,
}  # the plain register's, and each claim's rows
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
        ours=followed(base, "/api/v1/changes/", 100),
        plain=list(histories(count)),
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
        right=whole,
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


def whole(body: bytes) -> bool:
    """Return whether a claim's document holds its evidence, where it stands, its verdict and each of its nine acts."""
    acts = {b"claim_recorded": 1, b"evidence_added": 5, b"verdict_given": 3}
    members = {b"excerpt": 5, b"exact": 1, b"rationale": 1, b"rests_on": 1, b"proposed_by": 1}
    return all(body.count(b'"%s"' % one) >= times for one, times in (acts | members).items())


def lists(base: str, count: int) -> Iterator[Work]:
    """Yield lists of chosen claims, page after page, and all claims from a place deep down."""
    walks = [followed(base, chosen_by(choice), PAGES) for choice in CHOICES]
    numbered = [
        [f"{plainly(choice)}&page={page}" for page in range(1, len(walk) + 1)]
        for choice, walk in zip(CHOICES, walks, strict=True)
    ]
    yield Work(
        key="W2a",
        name="list, chosen",
        ours=in_turn(walks),
        plain=in_turn(numbered),
        targets=both(15, 0.10),
        bare="list",
        right=holds(1),
        more={"choices": CHOICES},
    )
    behind = min(DEEP, count // 2)
    pages = min(MOMENTS, (count - behind) // PAGE)
    yield Work(
        key="W2b",
        name="list, deep",
        ours=followed(base, deep(base, behind), pages),
        plain=[f"/api/claims/?page={behind // PAGE + 1 + page}" for page in range(pages)],
        targets=both(100, 0),
        right=holds(PAGE),
    )


def chosen_by(choice: Mapping[str, str]) -> str:
    """Return the address of the list of some claims."""
    return f"/api/v1/claims/?{urlencode(choice)}&limit={PAGE}"


def plainly(choice: Mapping[str, str]) -> str:
    """Return the address of the same list at the plain register."""
    wanted = {name: value for name, value in choice.items() if name != "order"}
    order = {"ordering": f"{choice['order']}_at"} if "order" in choice else {}
    return f"/api/claims/?{urlencode(wanted | order)}"


def in_turn(walks: Iterable[Iterable[str]]) -> list[str]:
    """Return the first address of each walk, then the second ones, and so on."""
    every = itertools.chain.from_iterable(itertools.zip_longest(*walks))
    return [path for path in every if path]


def histories(count: int) -> Iterator[str]:
    """Yield the addresses of full pages of the plain register's histories."""
    for kind, rows in HISTORIES.items():
        for page in range(1, min(count * rows // CHANGES, 100) + 1):
            yield f"/api/history/{kind}/?page={page}&page_size={CHANGES}"


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
    """Yield what is asked of the past: each claim between its acts, and lists at moments of the middle half."""
    each = [(one["id"], one["history"][len(one["history"]) // 2]["recorded_at"]) for one in chosen]
    known = [(one, moment) for one, moment in each if published(one, moment, chosen)]
    yield Work(
        key="W8a",
        name="claim as of a moment",
        ours=[f"/api/v1/claims/{one}/?as_of={moment}" for one, moment in known],
        plain=[f"/api/claims/{one}/?as_of={moment}" for one, moment in known],
        targets=both(10, 0),
        right=lambda body: b'"status"' in body and b'"verdict_given"' in body,
    )
    moments = spread(sorted(moment for _, moment in each))
    yield Work(
        key="W8b",
        name="list as of a moment",
        ours=[f"{chosen_by({'status': STATUS})}&as_of={moment}" for moment in moments],
        plain=[f"/api/claims/?status={STATUS}&as_of={moment}" for moment in moments],
        targets=both(10, 0.12),
        bare="list then",
        right=holds(1),
        more={"moments": moments},
    )


def spread(moments: list[str]) -> list[str]:
    """Return some of the moments, evenly from the middle half."""
    quarter = len(moments) // 4
    return [moments[quarter + at * 2 * quarter // MOMENTS] for at in range(MOMENTS)]


def published(public_id: str, moment: str, chosen: list[dict[str, Any]]) -> bool:
    """Return whether a claim was public at a moment: before, both registers answer 404."""
    return any(one["id"] == public_id and one["published_at"] <= moment for one in chosen)


def deep(base: str, behind: int) -> str:
    """Return the address of the page behind that many claims."""
    path = followed(base, f"/api/v1/claims/?limit={PAGE * 2}", behind // (PAGE * 2) + 1)[-1]
    return path.replace(f"limit={PAGE * 2}", f"limit={PAGE}")


def followed(base: str, path: str, pages: int) -> list[str]:
    """Return an address and those of the pages behind it, so many in all where the list is so long."""
    paths = [path]
    while len(paths) < pages and (answer := asked(base, paths[-1])).get("more", answer["next"]):
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
