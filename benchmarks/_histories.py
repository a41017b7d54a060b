"""The history of one generated claim, recorded in memory by the register's own recorder at moments given to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from _generated import ACTS, LANGUAGE_WEIGHTS, LANGUAGES, PEOPLE, VERDICTS, Maker

from claims.history.recorder import Recorder
from claims.history.state import State
from claims.models import Appearance, Claim, Evidence, User, Verdict, Wording
from claims.vocabulary import (
    Act,
    Cause,
    ClaimKind,
    EvidenceKind,
    Position,
    Stance,
    VerificationStatus,
)

ENDS = (VerificationStatus.CONFIRMED, VerificationStatus.DISPUTED, VerificationStatus.UNCONFIRMED)


class Dated(Recorder):
    """A recorder whose clock is a list of moments."""

    def __init__(self, claim: Claim, moments: Sequence[datetime], *, by: User) -> None:
        super().__init__(claim, by=by, state=State(claim))
        self._moments = iter(moments)

    def _next_moment(self) -> datetime:
        return next(self._moments)


@cache
def _person(number: int) -> User:
    return User(pk=number + 1, username=f"person{number}", public_name=PEOPLE[number])


def recorded(maker: Maker, number: int, moments: Sequence[datetime]) -> Dated:
    """Return the recorder of claim `number` after its nine acts."""
    made = maker.made
    article = maker.article(number // 10 % made.articles)
    random = made.saying("claim", number)
    claimant = maker.claimant(made.one_of(made.claimants, number, random))
    claim = Claim(pk=number + 1, public_id=made.public_id("claim", number))
    recorder = Dated(claim, moments, by=_person(number % len(PEOPLE)))
    wording = _wording(maker, random, claimant, moments[0])
    recorder.record(Act.CLAIM_RECORDED, wording, _appearance(random, article, claimant))
    pieces: list[Evidence] = []
    for act in range(1, ACTS):
        recorder.by = _person((number + act) % len(PEOPLE))
        if act in VERDICTS:
            verdict = _verdict(maker, random, recorder, wording)
            recorder.record(Act.VERDICT_GIVEN, verdict, rests_on=pieces)
        else:
            piece = _evidence(maker, random, number, act)
            recorder.record(Act.EVIDENCE_ADDED, piece)
            pieces.append(piece)
    return recorder


def _wording(maker: Maker, random: Random, claimant: Any, at: datetime) -> Wording:
    return Wording(
        version=1,
        text=maker.made.words.sentence(),
        language=random.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0],
        kind=random.choice((ClaimKind.FACT, ClaimKind.FACT, ClaimKind.FIGURE)),
        claimant=claimant,
        claimant_name=claimant.name,
        claimant_role=claimant.role,
        said_on=at.date() - timedelta(days=random.randrange(30)),
    )


def _appearance(random: Random, article: Any, claimant: Any) -> Appearance:
    sentences = article.text.split(". ")
    quote = random.choice(sentences[:-1])
    start = article.text.index(quote)
    return Appearance(
        article=article,
        article_sha256=article.sha256,
        speaker=claimant,
        speaker_name=claimant.name,
        exact=quote,
        prefix=article.text[max(0, start - 30) : start],
        suffix=article.text[start + len(quote) :][:30],
        start=start,
        end=start + len(quote),
        position=Position.ASSERTS,
    )


def _evidence(maker: Maker, random: Random, number: int, act: int) -> Evidence:
    publisher = maker.publisher(maker.made.one_of(maker.made.publishers, number, random))
    return Evidence(
        stance=random.choice(Stance.values),
        kind=random.choice(EvidenceKind.values),
        primary=random.random() < 0.2,
        url=f"https://outlet{publisher.pk - 1}.example/source/{number}-{act}",
        title=maker.made.words.sentence(),
        publisher=publisher,
        publisher_name=publisher.name,
        excerpt=f"{maker.made.words.sentence()} {maker.made.words.sentence()}",
    )


def _verdict(maker: Maker, random: Random, recorder: Dated, wording: Wording) -> Verdict:
    status, state = random.choice(ENDS), recorder.state
    again = state.status == status
    cause = Cause.RECONFIRMATION if again else Cause.NEW_EVIDENCE
    return Verdict(
        wording=wording,
        status=status,
        cause=cause if state.verdicts else Cause.FIRST_VERDICT,
        rationale=f"{maker.made.words.sentence()} {maker.made.words.sentence()}",
        would_settle=maker.made.words.sentence(),
        proposed_by_name=random.choice([one for one in PEOPLE if one != recorder.by.public_name]),
    )
