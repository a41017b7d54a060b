"""record_intake: the article is frozen as a person left it; what is like it is offered, never merged by itself."""

from __future__ import annotations

from datetime import date

import pytest

from claims.models import Article, User
from claims.workflow import correct_intake, record_intake
from claims.workflow.twins import twins_of
from tests.workflow.intakes import ADDRESS, COPY, PARAGRAPHS, corrected, pasted
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def first(contributor: User) -> Article:
    """The article as it was recorded first."""
    intake = correct_intake(pasted(contributor), corrected(url=ADDRESS), by=contributor)
    return record_intake(intake, by=contributor).article


def another(by: User, **parts: object):
    """Return a second intake of nearly the same text, from nowhere in particular."""
    text = "\n\n".join((*PARAGRAPHS, "A vote is to be held next month."))
    return correct_intake(pasted(by, f"Bridge\n\n{text}"), corrected(text=text, **parts), by=by)


def test_the_article_is_frozen_as_it_stands(contributor: User) -> None:
    intake = pasted(contributor)
    parts = {"publisher_name": "The Gazette", "authors": "Ada Berg; Ben Ito", "url": ADDRESS}
    correct_intake(intake, corrected(**parts), by=contributor)
    article = record_intake(intake, by=contributor).article
    assert (intake.state, intake.article) == ("recorded", article)
    assert article.title == "Bridge is safe, mayor says"
    assert (article.authors, article.url) == ("Ada Berg; Ben Ito", ADDRESS)
    assert article.publisher is not None
    assert article.publisher.domain == "gazette.example"
    assert article.published_on == date(2025, 3, 3)
    assert bytes(article.original.data) == COPY.encode()
    assert stale_columns(intake) == []


def test_what_was_sent_is_kept_once(contributor: User, first: Article) -> None:
    intake = first.intakes.get()
    assert (intake.original, intake.text) == (None, "")


def test_a_title_is_asked_for(contributor: User) -> None:
    intake = correct_intake(pasted(contributor), corrected(title=""), by=contributor)
    with refused("Give the title", field="title"):
        record_intake(intake, by=contributor)


def test_a_date_is_asked_for_unless_nobody_knows_it(contributor: User) -> None:
    intake = correct_intake(pasted(contributor), corrected(published_on=None), by=contributor)
    with refused("When was it published?", field="published_on"):
        record_intake(intake, by=contributor)
    unknown = corrected(published_on=None, date_unknown=True)
    correct_intake(intake, unknown, by=contributor)
    assert record_intake(intake, by=contributor).article.published_on is None


def test_the_very_text_is_never_recorded_twice(contributor: User, first: Article) -> None:
    intake = correct_intake(pasted(contributor), corrected(), by=contributor)
    (twin,) = twins_of(intake)
    assert (twin.article, twin.same_text) == (first, True)
    with refused("in the register already", field="what_it_is"):
        record_intake(intake, by=contributor, apart=True)
    with refused("in the register already", field="what_it_is"):
        record_intake(intake, by=contributor, version_of=first)


def test_a_nearly_identical_text_is_offered_and_decided_by_a_person(
    contributor: User, first: Article
) -> None:
    intake = another(contributor)
    (twin,) = twins_of(intake)
    assert (twin.article, twin.same_text, twin.same_address) == (first, False, False)
    assert 0.9 < twin.share <= 1
    with refused("Say what this is", field="what_it_is"):
        record_intake(intake, by=contributor)
    apart = record_intake(intake, by=contributor, apart=True).article
    assert apart.replaces is None


def test_a_new_version_replaces_the_last_version(contributor: User, first: Article) -> None:
    second = record_intake(another(contributor), by=contributor, version_of=first).article
    assert second.replaces == first
    text = "\n\n".join((*PARAGRAPHS, "A vote was held.", "It failed."))
    intake = pasted(contributor, f"Bridge\n\n{text}")
    correct_intake(intake, corrected(text=text), by=contributor)
    third = record_intake(intake, by=contributor, version_of=first).article
    assert third.replaces == second


def test_the_same_address_is_a_twin_however_different_the_text(
    contributor: User, first: Article
) -> None:
    intake = pasted(contributor, "Weather\n\nIt will rain all day in the whole of the valley.")
    correct_intake(intake, corrected(text="It will rain.", canonical_url=ADDRESS), by=contributor)
    (twin,) = twins_of(intake)
    assert (twin.article, twin.same_address, twin.share) == (first, True, 0)
    with refused("Say what this is", field="what_it_is"):
        record_intake(intake, by=contributor)


def test_the_same_file_is_a_twin_although_its_text_was_corrected(
    contributor: User, first: Article
) -> None:
    intake = pasted(contributor)
    correct_intake(intake, corrected(text="Quite another text."), by=contributor)
    (twin,) = twins_of(intake)
    assert (twin.article, twin.same_original) == (first, True)
    assert record_intake(intake, by=contributor, apart=True).created


def test_it_is_no_version_of_something_unlike(contributor: User, first: Article) -> None:
    intake = pasted(contributor, "Weather\n\nIt will rain all day in the whole of the valley.")
    correct_intake(intake, corrected(text="It will rain."), by=contributor)
    with refused("only be a version of an article like it", field="what_it_is"):
        record_intake(intake, by=contributor, version_of=first)


def test_another_text_has_no_twin(contributor: User, first: Article) -> None:
    text = "Weather\n\n" + " ".join(f"It will rain in valley {n} on day {n}." for n in range(40))
    assert twins_of(pasted(contributor, text)) == []


@pytest.mark.parametrize("count", [1, 20])
def test_looking_for_twins_takes_five_queries(
    contributor: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        text = "\n\n".join((*PARAGRAPHS, f"That was report {number}."))
        intake = pasted(contributor, f"Bridge {number}\n\n{text}")
        correct_intake(intake, corrected(text=text), by=contributor)
        record_intake(intake, by=contributor, apart=True)
    intake = pasted(contributor, url=ADDRESS)
    # of the bytes; of text or bytes; of the address; of the sketch; the articles themselves
    with django_assert_num_queries(5):
        assert twins_of(intake)
