"""notify: each person once, never whoever acts, and only by the ways they chose."""

from __future__ import annotations

from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, Notice, NoticeChoice, User
from claims.workflow.notifying import notify

MENTIONED = NoticeKind.MENTIONED


def test_each_person_is_told_once_and_never_of_their_own_act(
    claim: Claim, reviewer: User, editor: User
) -> None:
    notify([reviewer, None, reviewer, editor], MENTIONED, claim=claim, by=editor)
    told = Notice.objects.get()
    assert (told.person, told.claim, told.by) == (reviewer, claim, editor)
    assert (told.in_bell, told.by_mail, told.read_at, told.mailed_at) == (True, True, None, None)


def test_nobody_who_was_deactivated_is_told(claim: Claim, reviewer: User) -> None:
    reviewer.is_active = False
    assert notify([reviewer], MENTIONED, claim=claim) == []


def test_people_are_told_by_the_ways_they_chose(claim: Claim, reviewer: User, editor: User) -> None:
    NoticeChoice.objects.create(person=reviewer, kind=MENTIONED, by_mail=False)
    NoticeChoice.objects.create(person=editor, kind=MENTIONED, in_bell=False, by_mail=False)
    notify([reviewer, editor], MENTIONED, claim=claim)
    told = Notice.objects.get()
    assert (told.person, told.by_mail) == (reviewer, False)
    assert list(Notice.objects.to_mail(since=told.at)) == []
    assert list(Notice.objects.of(reviewer).unread()) == [told]


def test_telling_many_costs_as_much_as_telling_one(
    claim: Claim, reviewer: User, editor: User, django_assert_num_queries: object
) -> None:
    for people in ([reviewer], [reviewer, editor]):
        # The choices of all of them, then the notices.
        with django_assert_num_queries(2):  # type: ignore[operator]
            notify(people, MENTIONED, claim=claim)
