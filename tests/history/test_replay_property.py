"""For random sequences of verbs: the replay at every moment is the document that was served at that moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis.stateful import rule, run_state_machine_as_test

from claims import documents
from claims.history import replay as history_replay
from claims.history.replay import replay
from claims.history.state import State
from claims.models import Claim
from claims.workflow.acting import cached_values
from claims.workflow.checking import check_claim
from tests.history.bounded import BOUNDED, assert_it_fails
from tests.history.register_machine import NUMBERS, Register

MICROSECOND = timedelta(microseconds=1)


def differences(served: Any, replayed: Any, erased: set[str], path: str = "") -> Iterator[str]:
    """Yield where a replayed document differs from the one that was served, but for what was erased since."""
    if path.endswith(".redacted"):
        if not served.items() <= replayed.items():
            yield path
    elif isinstance(served, dict) and isinstance(replayed, dict):
        if served.keys() != replayed.keys():
            yield f"{path}: {served.keys() ^ replayed.keys()}"
        for key in served.keys() & replayed.keys():
            yield from differences(served[key], replayed[key], erased, f"{path}.{key}")
    elif isinstance(served, list) and isinstance(replayed, list):
        if len(served) != len(replayed):
            yield f"{path}: {len(served)} and {len(replayed)}"
        for number, (one, other) in enumerate(zip(served, replayed, strict=False)):
            yield from differences(one, other, erased, f"{path}[{number}]")
    elif served != replayed and not _was_erased(path, served, replayed, erased):
        yield f"{path}: {served!r} and {replayed!r}"


def _was_erased(path: str, served: Any, replayed: Any, erased: set[str]) -> bool:
    if path.endswith(".html_url"):
        return bool(erased) and str(replayed).endswith(("/claim/", "/claimant/"))
    return replayed is None and served in erased


class CheckedRegister(Register):
    """The register, looked back on at random points and at the end."""

    @rule(number=NUMBERS)
    def look_back(self, number: int) -> None:
        """At any time, any earlier document can be had again."""
        self.check_served(number % len(self.served))

    def check_served(self, index: int) -> None:
        """Compare one remembered document with the replay at its moment, and the moment before with the one before."""
        claim, moment, served, expected = self.served[index]
        earlier = [kept.document for kept in self.served[:index] if kept.claim == claim]
        replayed = documents.as_of(claim, moment)
        assert list(differences(served, replayed, self.erased)) == []
        expected.check(replayed, self.buried_of(claim))
        before = documents.as_of(claim, moment - MICROSECOND)
        assert list(differences(earlier[-1] if earlier else None, before, self.erased)) == []

    def check_now(self) -> None:
        """Compare what is stored with what the history says."""
        for claim in Claim.objects.all():
            state = replay(claim)
            for name, value in cached_values(state).items():
                assert getattr(claim, name) == value
            built = documents.build(state) if state.published_at else None
            assert documents.current(claim) == built
            assert list(check_claim(claim)) == []

    def teardown(self) -> None:
        """Look at everything once more, then undo the example."""
        try:
            for index in range(len(self.served)):
                self.check_served(index)
            self.check_now()
        finally:
            super().teardown()


@pytest.mark.django_db
def test_the_replay_at_every_moment_is_what_was_served_then() -> None:
    run_state_machine_as_test(CheckedRegister, settings=BOUNDED)


def forget_what_was_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(State, "_take_back", lambda state, entry: None)


def forget_what_verdicts_rest_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_replay, "_rests_on", lambda claim, entries: {})


def forget_tombstones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_replay, "_redactions_by_entry", lambda record: defaultdict(list))


def show_today_for_every_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "as_of", lambda claim, moment: documents.current(claim))


def leave_documents_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "store", lambda states: None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault",
    [
        forget_what_was_taken_back,
        forget_what_verdicts_rest_on,
        forget_tombstones,
        show_today_for_every_moment,
        leave_documents_as_they_were,
    ],
)
def test_a_faulty_replay_is_found(
    fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    assert_it_fails(CheckedRegister)


def test_a_difference_that_no_redaction_explains_is_seen() -> None:
    served = {"evidence": [{"title": "A", "redacted": {}}], "status": "confirmed"}
    gone = {"evidence": [{"title": None, "redacted": {"title": {}}}], "status": "confirmed"}
    assert list(differences(served, gone, {"A"})) == []
    assert list(differences(served, gone, {"B"})) == [".evidence[0].title: 'A' and None"]
    assert list(differences(served, {**served, "status": None}, {"A"})) == [
        ".status: 'confirmed' and None"
    ]
    assert list(differences(served, {"status": "confirmed"}, set()))
    assert list(differences(served, {**served, "evidence": []}, set()))
    assert list(differences(gone, served, {"A"}))
