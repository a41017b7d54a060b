"""The rules per status, as data: what a verdict needs before anybody may give it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.history.state import State
from claims.hosts import host_of
from claims.models import Claim, Evidence, HistoryEntry, Proposal, User
from claims.models.entry import STATUS_ACTS
from claims.vocabulary import CHECKABLE_KINDS, Act, ClaimKind, Stance, Verb, VerificationStatus
from claims.workflow.drafts import VerdictDraft
from claims.workflow.refusals import RuleBroken

INDEPENDENT_ORIGINS = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand on a verdict: when it holds, and what to say when it does not."""

    holds: Callable[[VerdictDraft, list[Evidence]], bool]
    demand: StrOrPromise
    field: str
    lacking: Callable[[list[Evidence]], str] = lambda pieces: ""

    def missing(self, pieces: list[Evidence]) -> StrOrPromise:
        """Return what `pieces` lack, as exactly as can be said."""
        return self.lacking(pieces) or self.demand


def independent_origins(pieces: Iterable[Evidence]) -> int:
    """Return how many sources stand behind `pieces`."""
    return len(by_origin(pieces))


def by_origin(pieces: Iterable[Evidence]) -> list[list[Evidence]]:
    """Return `pieces` by the source behind them: those that share any mark are of one, also by way of a third.

    So two outlets on one platform count once: nothing here can tell them from one outlet recorded under two names.
    What was erased is no mark any more. Of two pieces of one host without a named publisher, one of which lost its
    address to a redaction, nobody can know that they were one; those of one publisher still are.
    """
    groups: list[tuple[set[object], list[Evidence]]] = []
    for piece in pieces:
        marks, of_one = _marks(piece), [piece]
        joined = [group for group in groups if group[0] & marks]
        groups = [group for group in groups if not group[0] & marks]
        for others, earlier in joined:
            marks, of_one = marks | others, [*earlier, *of_one]
        groups.append((marks, of_one))
    return [of_one for _marks_of_it, of_one in groups]


def _marks(piece: Evidence) -> set[object]:
    """Return all that a piece may share with another of the same source.

    A publisher's own name goes with it where it was erased from the piece. Names and hosts are of one kind, because
    imports name a publisher whom nobody else named by its host.
    """
    voices = {(piece.publisher_name or "").strip().casefold(), host_of(piece.url or "")}
    if piece.publisher is not None:
        voices |= {piece.publisher.name.strip().casefold(), piece.publisher.domain or ""}
    return {("origin", piece.origin), *(voices - {""})}


def _of(stance: Stance, pieces: list[Evidence]) -> list[Evidence]:
    return [piece for piece in pieces if piece.stance == stance]


def _is_supported(draft: VerdictDraft, pieces: list[Evidence]) -> bool:
    support = _of(Stance.SUPPORTS, pieces)
    if independent_origins(support) >= INDEPENDENT_ORIGINS:
        return True
    return bool(draft.single_source_reason) and any(piece.primary for piece in support)


def _support_lacking(pieces: list[Evidence]) -> str:
    """Say which further support would do, where there is some."""
    support = _of(Stance.SUPPORTS, pieces)
    if not support:
        return ""
    told = gettext(
        "“Confirmed” needs standing supporting evidence from two independent origins: one more, of another origin "
        "than %(numbers)s."
    )
    if len(support) > 1:
        told = gettext(
            "“Confirmed” needs standing supporting evidence from two independent origins: one more, of another origin. "
            "%(numbers)s share one origin."
        )
    told %= {"numbers": _numbers(support)}
    primary = [piece for piece in support if piece.primary][:1]
    if not primary:
        return told
    enough = gettext("Or the reason why %(number)s, a primary source, is enough.")
    return f"{told} {enough % {'number': _numbers(primary)}}"


def _numbers(pieces: list[Evidence]) -> str:
    numbers = sorted(piece.entry.number for piece in pieces)
    *before, last = [f"#{number}" for number in numbers]
    if not before:
        return last
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(before), "last": last}


def _is_refuted(draft: VerdictDraft, pieces: list[Evidence]) -> bool:
    return bool(_of(Stance.REFUTES, pieces))


def _says_what_would_settle(draft: VerdictDraft, pieces: list[Evidence]) -> bool:
    return bool(draft.would_settle)


RULES: dict[VerificationStatus, tuple[Rule, ...]] = {
    VerificationStatus.CONFIRMED: (
        Rule(
            _is_supported,
            _(
                "“Confirmed” needs standing supporting evidence from two independent origins, or from one "
                "primary source with the reason why one is enough."
            ),
            "evidence",
            _support_lacking,
        ),
    ),
    VerificationStatus.DISPUTED: (
        Rule(
            _is_refuted, _("“Disputed” needs standing evidence that refutes the claim."), "evidence"
        ),
    ),
    VerificationStatus.UNCONFIRMED: (
        Rule(
            _says_what_would_settle,
            _("“Unconfirmed” must say what would settle the question."),
            "would_settle",
        ),
    ),
}


def missing_for(draft: VerdictDraft, pieces: list[Evidence]) -> list[Rule]:
    """Return the rules that `draft` breaks when it rests on `pieces`."""
    return [rule for rule in RULES[draft.status] if not rule.holds(draft, pieces)]


def evidence_carries(draft: VerdictDraft, pieces: list[Evidence]) -> None:
    """Raise RuleBroken, naming what is missing, unless `pieces` carry the status of `draft`."""
    for rule in missing_for(draft, pieces):
        raise RuleBroken(rule.missing(pieces), field=rule.field)


def nobody_gave_one_here(state: State) -> None:
    """Raise RuleBroken where this register ever gave a verdict itself, be it voided or superseded since."""
    if any(one.entry.act != Act.VERDICT_IMPORTED for one in state.verdicts.values()):
        told = gettext(
            "This register gave a verdict on the claim itself; an import does not replace it."
        )
        raise RuleBroken(told, field="status")


def stands_by_imports(state: State) -> None:
    """Raise RuleBroken unless an imported verdict made the claim public: else two people decide on it first."""
    if not any(one.entry.act == Act.VERDICT_IMPORTED for one in state.verdicts.values()):
        told = gettext("The claim waits on the desk, where two people decide on its verdict.")
        raise RuleBroken(told, field="status")


def published_alone_by(claim: Claim) -> int | None:
    """Return the key of whoever published the verdict in force alone; None where nobody did."""
    last = HistoryEntry.objects.of_claims([claim]).last_verdict_first().first()
    return last.by_id if last and last.act == Act.VERDICT_OVERRIDE else None


def given_alone_by(state: State) -> int | None:
    """Return the same of a claim whose history was read."""
    last = next((entry for entry in reversed(state.entries) if entry.act in STATUS_ACTS), None)
    return last.by_id if last and last.act == Act.VERDICT_OVERRIDE else None


def another_follows(alone: int | None, by: User) -> None:
    """Raise PermissionDenied when `by` published the verdict in force `alone` and would decide on what follows it."""
    if alone == by.pk:
        told = gettext("You published the verdict in force alone; somebody else must approve this.")
        raise PermissionDenied(told)


def may_end_without_verdict(claim: Claim) -> None:
    """Raise RuleBroken while a verdict is in force that one person published: its review takes a verdict by two."""
    if published_alone_by(claim) is not None:
        raise RuleBroken(
            gettext(
                "One person published the verdict in force: this review ends with a verdict that two people give, "
                "or once that verdict is voided."
            )
        )


def takes_acts(claim: Claim) -> None:
    """Raise RuleBroken when `claim`, freshly read, was merged into another or discarded."""
    if claim.merged_into_id is not None:
        raise RuleBroken(gettext("This claim was merged into another; work on that one."))
    if claim.discarded_at is not None:
        told = gettext("This claim was discarded; record it anew if it is needed after all.")
        raise RuleBroken(told)


def may_take_back(entry: HistoryEntry, state: State, by: User) -> None:
    """Raise PermissionDenied unless `by` may take back what `entry` recorded.

    Whoever may withdraw evidence may take back what anybody recorded; others only what they recorded themselves,
    while it is the last act on the claim.
    """
    if by.has_perm(f"claims.{Verb.WITHDRAW_EVIDENCE}"):
        return
    if entry.by_id != by.pk or entry != state.head:
        told = gettext(
            "You may not take this back: somebody else recorded it, or something was recorded after it. "
            "A reviewer can."
        )
        raise PermissionDenied(told)


def is_checkable(kind: str) -> None:
    """Raise RuleBroken for a kind of statement on which no verdict is possible."""
    if ClaimKind(kind) not in CHECKABLE_KINDS:
        told = gettext("Forecasts and opinions are not checkable: no verdict can be given.")
        raise RuleBroken(told)


def standing(state: State, chosen: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence a new verdict rests on: the chosen pieces, or all that stands.

    Raises RuleBroken when a chosen piece is of another claim or was withdrawn.
    """
    return still_standing(state, chosen) or [piece.row for piece in state.standing_evidence()]


def still_standing(state: State, chosen: Iterable[Evidence]) -> list[Evidence]:
    """Return the chosen pieces, each once. Raises RuleBroken when one is of another claim or was withdrawn."""
    stands = {piece.row.pk: piece.row for piece in state.standing_evidence()}
    rows = list(chosen)
    for piece in rows:
        if piece.pk not in stands:
            told = gettext("“%(piece)s” is not standing evidence of this claim.")
            raise RuleBroken(told % {"piece": piece}, field="evidence")
    return [stands[pk] for pk in dict.fromkeys(piece.pk for piece in rows)]


def four_eyes(proposal: Proposal, by: User) -> None:
    """Raise PermissionDenied when `by` would approve a verdict they proposed."""
    if proposal.by_id == by.pk:
        raise PermissionDenied(gettext("You proposed this verdict; somebody else must approve it."))


def wording_is_current(proposal: Proposal, state: State) -> None:
    """Raise RuleBroken when the claim was reworded after the verdict was proposed."""
    if proposal.wording_id != state.wording.pk:
        raise RuleBroken(
            gettext("The claim was reworded after this verdict was proposed: return it.")
        )
