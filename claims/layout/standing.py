"""What a reader must know before trusting a verdict: what was said before it, and what happened to it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from itertools import groupby, zip_longest

from claims import addresses
from claims.documents import Document
from claims.layout.timeline import StatusAct, status_acts
from claims.vocabulary import Act, Cause


@dataclass(frozen=True, slots=True)
class Correction:
    """A verdict that corrected the one before it."""

    act: StatusAct
    before: StatusAct | None


@dataclass(frozen=True, slots=True)
class Before:
    """The status before the one shown: how long it held, on which clock, and where the page of then is."""

    status: str
    start: datetime
    end: datetime
    address: str
    _: KW_ONLY
    in_the_world: bool

    @property
    def is_one_day(self) -> bool:
        """Whether it began and ended on one day."""
        return self.start.date() == self.end.date()


def before(document: Document) -> Before | None:
    """Return the status that the one shown replaced; None where there was none, or an older verdict is shown.

    Where verdicts took effect before they were recorded, the order of the world is what readers ask for.
    """
    runs, in_the_world = _runs(document)
    if len(runs) < 2:
        return None
    return _before(document, runs[-2], runs[-1][0], in_the_world=in_the_world)


def in_effect_since(document: Document) -> datetime | None:
    """Return the day in the world since which the status shown holds, where that is not when it was recorded."""
    runs, in_the_world = _runs(document)
    return runs[-1][0].effective if runs and in_the_world else None


def _runs(document: Document) -> tuple[list[list[StatusAct]], bool]:
    """Return the acts as runs of one status that end with the one shown, and whether in the order of the world."""
    acts = status_acts(document["history"])
    verdict = document["verdict"]
    in_the_world = bool(verdict) and any(act.entry["effective_on"] for act in acts)
    if in_the_world:
        acts = sorted((a for a in acts if a.in_force), key=lambda a: (a.effective, a.number))
    shown = verdict["entry"] if verdict else acts[-1].number if acts else None
    runs = [list(run) for _, run in groupby(acts, key=lambda act: act.status)]
    return (runs, in_the_world) if runs and runs[-1][-1].number == shown else ([], in_the_world)


def _before(
    document: Document, run: list[StatusAct], end: StatusAct, *, in_the_world: bool
) -> Before:
    if in_the_world:
        address = f"{document['html_url']}?effective_as_of={run[-1].effective.date()}"
        return Before(run[0].status, run[0].effective, end.effective, address, in_the_world=True)
    address = pages_then(document)[run[-1].number]
    return Before(run[0].status, run[0].recorded, end.recorded, address, in_the_world=False)


def pages_then(document: Document) -> dict[int, str]:
    """Return for each entry since the first verdict the path of the page as it was once that was recorded.

    That is the version's own address; but of several entries within one second a version shows only the last, so the
    others keep the exact moment.
    """
    published = document["published_at"]
    history = document["history"]
    afterwards = [datetime.fromisoformat(entry["recorded_at"]) for entry in history[1:]]
    return {
        entry["number"]: _page_then(document, entry["recorded_at"], following)
        for entry, following in zip_longest(history, afterwards)
        if published and entry["recorded_at"] >= published
    }


def _page_then(document: Document, recorded_at: str, following: datetime | None) -> str:
    moment = datetime.fromisoformat(recorded_at)
    if following and following.replace(microsecond=0) == moment.replace(microsecond=0):
        return f"{document['html_url']}?as_of={recorded_at}"
    return addresses.claim_memento(document["id"], moment)


def page_now(document: Document) -> str:
    """Return the path at which a document's page stays as it is, whatever is recorded later."""
    return pages_then(document)[document["head"]["number"]]


def corrections(acts: Sequence[StatusAct]) -> list[Correction]:
    """Return each verdict that was given because the one before it was mistaken."""
    earlier = [None, *acts]
    return [
        Correction(act, one)
        for one, act in zip(earlier, acts, strict=False)
        if act.entry.get("cause") == Cause.CORRECTION
    ]


def withdrawal(document: Document) -> Document | None:
    """Return the act that took the last verdict back, while no other stands in its place."""
    if document["verdict"]:
        return None
    voided = entries_of(document, Act.VERDICT_VOIDED)
    return voided[-1] if voided else None


def published_alone(document: Document) -> Document | None:
    """Return the act by which one person published the verdict shown."""
    if not document["verdict_published_by_one"]:
        return None
    number = document["verdict"]["entry"]
    found: Document = next(one for one in document["history"] if one["number"] == number)
    return found


def judged_wording(document: Document) -> Document | None:
    """Return the earlier wording that the verdict was given on, where it waits for re-confirmation."""
    if not document["verdict_on_earlier_wording"]:
        return None
    version = document["verdict"]["wording_version"]
    found: Document = next(one for one in document["wordings"] if one["version"] == version)
    return found


def withdrawn_evidence(document: Document) -> list[Document]:
    """Return the pieces that the verdict rests on and that were withdrawn since."""
    rests_on = document["verdict"]["rests_on"] if document["verdict"] else []
    return [
        part for part in document["evidence"] if part["withdrawn"] and part["entry"] in rests_on
    ]


def entries_of(document: Document, act: Act) -> list[Document]:
    """Return the entries of one kind of act."""
    return [entry for entry in document["history"] if entry["act"] == act]
