"""For random sequences of verdicts: the database and the replayed state name the same one for every day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import workflow
from claims.history.replay import replay
from claims.models import Claim, HistoryEntry, User
from claims.vocabulary import Act, Role
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import RuleBroken, VerdictDraft
from tests import factories

DAYS = [date(2019, 1, 1), date(2020, 1, 1), date(2021, 1, 1)]
ACTS = st.sampled_from(["import", "import", "import", "void", "give"])
LIVES = st.lists(st.tuples(ACTS, st.none() | st.sampled_from(DAYS)), min_size=2, max_size=7)
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def live(claim: Claim, life: list[tuple[str, date | None]], editor: User, importer: User) -> None:
    """Do to a claim what happens to it; what the rules refuse does not happen."""
    draft = VerdictDraft(status=Status.DISPUTED, rationale="r")
    for act, day in life:
        with suppress(RuleBroken):
            if act == "import":
                workflow.import_verdict(claim, draft, effective_on=day, origin="A", by=importer)
            elif act == "void":
                workflow.void_verdict(claim, reason="r", by=editor)
            else:
                factories.give_verdict(claim, Status.UNCONFIRMED)


def by_database(claim: Claim, day: date, moment: datetime) -> list[int]:
    entries = HistoryEntry.objects.in_effect_on(day, known_at=moment)
    return list(entries.filter(claim=claim).values_list("number", flat=True))


def by_replay(claim: Claim, day: date, moment: datetime) -> list[int]:
    verdict = replay(claim, until=moment).verdict_on(day)
    return [verdict.entry.number] if verdict else []


def by_hand(claim: Claim, day: date, moment: datetime) -> list[int]:
    """Return the last verdict to take effect, unless it was voided: from the rows, in plain words."""
    rows = list(claim.entries.filter(recorded_at__lte=moment))
    voided = {row.about for row in rows if row.act == Act.VERDICT_VOIDED}
    verdicts = [row for row in rows if row.act in (Act.VERDICT_GIVEN, Act.VERDICT_IMPORTED)]
    dated = [(row.effective_on or row.recorded_at.date(), row.number) for row in verdicts]
    last = max([one for one in dated if one[0] <= day], default=(day, 0))[1]
    return [last] if last and last not in voided else []


def asked_about(claim: Claim) -> Any:
    today = datetime.now().date() + timedelta(days=1)
    days = [DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1), today]
    moments = claim.entries.values_list("recorded_at", flat=True)
    return [(day, moment) for day in days for moment in moments]


@pytest.mark.django_db
@given(life=LIVES)
@BOUNDED
def test_database_and_replay_agree_on_what_held_on_a_day(
    life: list[tuple[str, date | None]],
) -> None:
    with transaction.atomic():
        claim, neighbour = factories.ClaimFactory(), factories.ClaimFactory()
        people = factories.person(Role.EDITOR), factories.person(Role.IMPORTER)
        live(claim, life, *people)
        live(neighbour, life[::-1], *people)
        for day, moment in asked_about(claim):
            wanted = by_hand(claim, day, moment)
            assert by_database(claim, day, moment) == wanted
            assert by_replay(claim, day, moment) == wanted
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_gap_is_met_where_a_later_verdict_was_voided(editor: User, importer: User) -> None:
    claim = factories.ClaimFactory()
    life = [("import", DAYS[0]), ("import", DAYS[1]), ("void", None), ("import", DAYS[2])]
    live(claim, life, editor, importer)
    now = claim.entries.latest("number").recorded_at
    held = {day.year: by_database(claim, day, now) for day in DAYS}
    assert held == {2019: [2], 2020: [], 2021: [5]}
