"""add_note: a remark for the desk, and who is told of it."""

from __future__ import annotations

import pytest

from claims.desk_vocabulary import NoticeKind
from claims.models import Notice, Review, ReviewNote, User
from claims.vocabulary import Role
from claims.workflow import add_note, close_review
from claims.workflow.mentions import names_mentioned, nobodys
from tests import factories
from tests.workflow.observing import refused


def told(note: ReviewNote) -> list[User]:
    """Return who got a notice of a note."""
    kinds = Notice.objects.filter(kind=NoticeKind.MENTIONED, review=note.review)
    return [notice.person for notice in kinds.select_related("person").order_by("pk")]


def test_a_note_keeps_its_words_and_its_author(review: Review, contributor: User) -> None:
    note = add_note(review, text="  Call them again.\r\nToday. ", by=contributor)
    assert (note.text, note.by, note.review) == ("Call them again.\nToday.", contributor, review)
    note.refresh_from_db()
    assert note.at is not None
    assert not Notice.objects.exists()


def test_whoever_is_mentioned_is_told_once(
    review: Review, reviewer: User, second_reviewer: User, editor: User
) -> None:
    note = add_note(review, text="@sofia, @Sofia and @EDWIN: look.", by=reviewer)
    assert set(note.mentions.all()) == {second_reviewer, editor}
    assert set(told(note)) == {second_reviewer, editor}
    notice = Notice.objects.first()
    assert notice is not None
    assert (notice.claim, notice.by) == (review.claim, reviewer)


def test_nobody_is_told_of_their_own_note(review: Review, reviewer: User) -> None:
    note = add_note(review, text="I, @rashid, saw it.", by=reviewer)
    assert list(note.mentions.all()) == [reviewer]
    assert told(note) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_only_people_of_the_desk_are_mentioned(
    review: Review, reviewer: User, change: dict[str, bool]
) -> None:
    factories.person(Role.REVIEWER, username="former", **change)
    factories.UserFactory(username="roleless")
    note = add_note(review, text="@former @roleless @nobody", by=reviewer)
    assert note.text == "@former @roleless @nobody"
    assert list(note.mentions.all()) == []
    assert nobodys(note.text, note.mentions.all()) == ["former", "roleless", "nobody"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@rita", ["rita"]),
        ("Ask @rita. Then @otto-b, and (@rita).", ["rita", "otto-b"]),
        ("@rita@desk.example knows", ["rita@desk.example"]),
        ("write to info@desk.example", []),
        ("https://site.example/@rita", []),
        ("@ @@ @. @-", []),
        ("@ümit_9!", ["ümit_9"]),
    ],
)
def test_a_name_ends_where_the_sentence_does(text: str, names: list[str]) -> None:
    assert names_mentioned(text) == names


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_a_note_says_something(review: Review, reviewer: User, text: str) -> None:
    with refused("may not be empty", field="text"):
        add_note(review, text=text, by=reviewer)


def test_a_review_that_ended_still_takes_notes(review: Review, reviewer: User) -> None:
    close_review(review, reason="A duplicate.", by=reviewer)
    assert add_note(review, text="For the record.", by=reviewer).pk


def test_mentioning_many_costs_as_much_as_mentioning_one(
    review: Review, reviewer: User, django_assert_num_queries
) -> None:
    people = [factories.person(Role.REVIEWER, username=f"p{number}") for number in range(20)]
    reviewer.has_perm("claims.add_note")  # reads the permissions, which a request does once
    for mentioned in (people[:1], people):
        text = " ".join(f"@{person.username}" for person in mentioned)
        # the savepoint, the note, who is called so, the mentions there are and the new ones, how people choose to
        # be told, the notices, the savepoint's end
        with django_assert_num_queries(8):
            add_note(review, text=text, by=reviewer)
