"""For random sequences of verbs: what is made of the stored document is byte for byte what the replay says.

At the moment of every act, just before it, and with what held on every day that a verdict names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis.stateful import rule, run_state_machine_as_test

from claims import documents, earlier, workflow
from claims.api.then import Then
from claims.history.replay import Record, cut, read, state_of
from claims.models import Claim
from claims.vocabulary import Act, ContactOutcome
from claims.workflow import ContactDraft
from tests.history.bounded import BOUNDED, assert_it_fails
from tests.history.register_machine import NUMBERS, WORDS, Register, nothing

MICROSECOND, DAY = timedelta(microseconds=1), timedelta(days=1)


class Tally:
    """How many documents were made of the stored one, and how many only a replay could tell."""

    made = replayed = 0


class CutRegister(Register):
    """The register, with contacts, whose every past is asked for at the end."""

    @rule(number=NUMBERS, answer=WORDS)
    def contact(self, number: int, answer: str) -> None:
        claim = self.claim(number)
        asked = claim.entries.filter(act=Act.CLAIMANT_CONTACTED).first()
        draft = ContactDraft(asked_on=date(2025, 3, 3), channel="e-mail")
        if asked and number % 3:
            answered = ContactOutcome.ANSWERED
            draft = replace(draft, outcome=answered, answered_on=date(2025, 3, 4))
            draft = replace(draft, about=asked.number, answer=answer)
        self.act(lambda: workflow.record_contact(claim, draft, by=self.one), nothing)

    def teardown(self) -> None:
        """Compare every past of every claim, then undo the example."""
        try:
            for claim in Claim.objects.published().select_related("document"):
                check(claim)
        finally:
            super().teardown()


def check(claim: Claim) -> None:
    """Compare what both ways say of a claim at every moment and on every day."""
    record = read(claim)
    for then in pasts(record):
        state = state_of(cut(record, then.known_at))
        day = then.effective
        verdict = state.verdict_on(day) if day else None
        if day and verdict is None:
            assert then.document(claim.pk, claim.document.body) is None
            continue
        wanted = documents.build(state, verdict=verdict)
        made = then.document(claim.pk, claim.document.body)
        assert documents.encode(made or {}) == documents.encode(wanted)
        listed = {name: wanted[name] for name in json.loads(claim.document.summary)}
        assert then.summaries([claim]) == [documents.encode(listed)]
        count(then, claim)


def count(then: Then, claim: Claim) -> None:
    """Note whether a replay was needed, which only what the stored document does not tell can call for."""
    stood = earlier.standing(json.loads(claim.document.body), then.known_at, then.effective)
    assert stood
    try:
        earlier.document(stood, claim.pk)
        Tally.made += 1
    except earlier.CannotTell:
        acts = {line["act"] for line in stood.whole["history"]}
        assert acts & {Act.CLAIM_MERGED, Act.CLAIM_ABSORBED, Act.TEXT_REDACTED}
        Tally.replayed += 1


def pasts(record: Record) -> Iterator[Then]:
    """Yield every past of a claim that differs from the next, once it was published."""
    entries = record.entries.values()
    days = {
        None,
        *(one.effective_on for one in entries),
        *(one.recorded_at.date() for one in entries),
    }
    days |= {day - DAY for day in days if day}
    for entry in entries:
        for moment in (entry.recorded_at - MICROSECOND, entry.recorded_at):
            published = record.claim.published_at
            if published and published <= moment:
                yield from (Then(moment, day) for day in days)


@pytest.mark.django_db
def test_every_past_is_made_of_what_is_stored_as_the_replay_tells_it() -> None:
    Tally.made = Tally.replayed = 0
    run_state_machine_as_test(CutRegister, settings=BOUNDED)
    assert Tally.made > 2 * Tally.replayed


def show_what_was_taken_back_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "_stood", lambda then, member, ended: then.by_then(member))


def take_the_wording_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier.Standing, "is_worded_as_now", True)


def forget_what_verdicts_rest_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told_of = earlier.given_verdicts.rows
    monkeypatch.setattr(
        earlier.given_verdicts,
        "rows",
        lambda *key: [(*row[:-1], None) for row in told_of(*key)],
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault",
    [
        show_what_was_taken_back_later,
        take_the_wording_of_today,
        forget_what_verdicts_rest_on,
    ],
)
def test_a_faulty_cut_is_found(
    fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    assert_it_fails(CutRegister)
