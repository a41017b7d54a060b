"""Choosing among the claims: what an address asks for, what it is called, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.models import Claim, Topic, User
from claims.public.choosing import Choice, read_choice
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db
UNKNOWN = "zzzzzzzzzz"


def chosen(query: str) -> set[str]:
    """Return the wordings that a query chooses."""
    return set(read_choice(QueryDict(query)).claims().values_list("wording", flat=True))


@pytest.fixture
def energy(editor: User) -> Topic:
    return workflow.record_topic(name="Energy", by=editor)


@pytest.fixture
def scene(editor: User, energy: Topic) -> dict[str, str]:
    """One claim that everything can be chosen by, one that nothing fits, one that nobody may see."""
    speaker = factories.ClaimantFactory(name="Ada Speaker", by=editor)
    outlet = factories.PublisherFactory(name="The Outlet", by=editor)
    article = factories.ArticleFactory(publisher=outlet, by=editor)
    quote = factories.appearance_draft(article, "is safe")
    wanted = factories.published_claim(
        VerificationStatus.DISPUTED,
        wording="The dam is safe.",
        claimant=speaker,
        appearance=quote,
    )
    factories.published_claim(wording="A tunnel is long.")
    hidden = factories.ClaimFactory(
        wording="The dam is hidden.", claimant=speaker, appearance=quote, by=editor
    )
    for claim in (wanted, hidden):
        workflow.file_claim(claim, topics=[energy], by=editor)
    return {
        "claimant": speaker.public_id,
        "publisher": outlet.public_id,
        "topic": energy.slug,
        "status": "disputed",
        "q": "dam",
    }


@pytest.mark.parametrize("name", ["claimant", "publisher", "topic", "status", "q"])
def test_each_part_chooses_and_shows_no_unpublished_claim(scene, name: str) -> None:
    assert chosen(f"{name}={scene[name]}") == {"The dam is safe."}


def test_all_parts_together_choose_what_fits_them_all(scene) -> None:
    query = "&".join(f"{name}={value}" for name, value in scene.items())
    assert chosen(query) == {"The dam is safe."}
    assert chosen(query.replace("disputed", "confirmed")) == set()


def test_nothing_asked_is_everything_listed(scene) -> None:
    assert chosen("") == chosen("q=&status=&from=&order=") == chosen("utm_source=x")
    assert chosen("") == {"The dam is safe.", "A tunnel is long."}


def test_a_place_that_was_withdrawn_is_the_publishers_no_more(scene, editor: User) -> None:
    claim = Claim.objects.get(wording="The dam is safe.")
    place = claim.appearances.get()
    workflow.withdraw_appearance(place, reason="Another article.", by=editor)
    assert chosen(f"publisher={scene['publisher']}") == set()


def test_withdrawn_verdicts_can_be_chosen(editor: User) -> None:
    claim = factories.published_claim(wording="Taken back.")
    factories.published_claim()
    workflow.void_verdict(claim, reason="An error.", by=editor)
    assert chosen("status=withdrawn") == {"Taken back."}


def test_days_are_those_on_which_the_status_was_set_both_included() -> None:
    claim = factories.published_claim(wording="Of today.")
    Claim.objects.filter(pk=claim.pk).update(
        status_since=datetime(2025, 3, 4, 23, 59, 59, 999_000, tzinfo=UTC)
    )
    assert chosen("from=2025-03-04&to=2025-03-04") == {"Of today."}
    assert chosen("from=2025-03-05") == chosen("to=2025-03-03") == set()


def test_the_claims_of_somebody_found_to_be_another_are_the_others(editor: User) -> None:
    first, second = (factories.ClaimantFactory(name=name, by=editor) for name in ("A B", "A. B"))
    for speaker in (first, second):
        factories.published_claim(wording=f"Said by {speaker.name}", claimant=speaker)
    workflow.merge_claimants(second, into=first, reason="The same.", by=editor)
    asked = read_choice(QueryDict(f"claimant={second.public_id}"))
    assert asked.query == f"claimant={first.public_id}"
    assert asked.claims().count() == 2


def test_the_query_is_the_same_however_it_was_written(scene) -> None:
    written = f"order=newest&topic={scene['topic']}&q=++the++dam&status=&x=1"
    asked = read_choice(QueryDict(written))
    assert asked.query == f"q=the+dam&topic={scene['topic']}"
    assert read_choice(QueryDict(asked.query)) == asked
    assert read_choice(QueryDict("order=relevance")).query == ""
    assert read_choice(QueryDict("order=relevance&q=a")).query == "q=a&order=relevance"


def test_a_choice_says_in_words_what_it_is(scene) -> None:
    query = f"q=dam&status=disputed&claimant={scene['claimant']}&publisher={scene['publisher']}"
    asked = read_choice(QueryDict(f"{query}&topic=energy&from=2025-01-31&to=2025-02-01"))
    assert asked.title == (
        "Disputed claims: “dam”, Ada Speaker, The Outlet, Energy,"
        " status set from 31 January 2025, status set until 1 February 2025"
    )
    assert Choice().title == "All verdicts"
    assert Choice(status="confirmed").title == "Confirmed claims"


def test_each_part_can_be_taken_away(client: Client, scene) -> None:
    page = html(client, "/claims/?q=dam&status=disputed&topic=energy")
    for left in ("status=disputed&amp;topic=energy", "q=dam&amp;topic=energy"):
        assert f'<a class="tag" href="/claims/?{left}">' in page


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        ("status=true", "status", "it is none of: confirmed, unconfirmed, disputed, withdrawn."),
        ("order=best", "order", "it is none of: newest, relevance."),
        ("claimant=1", "claimant", "it is not an id."),
        (f"claimant={UNKNOWN}", "claimant", "there is no such claimant."),
        ("publisher=%00", "publisher", "it is not an id."),
        (f"publisher={UNKNOWN}", "publisher", "there is no such publisher."),
        ("topic=nothing", "topic", "there is no such topic."),
        ("topic=%00", "topic", "there is no such topic."),
        ("from=2025-02-30", "from", "it is not a day of the calendar."),
        ("to=tomorrow", "to", "it must be a day, such as 2026-11-04."),
        ("from=2025-02-02&to=2025-02-01", "to", "it lies before “from”."),
        (f"q={'a' * 501}", "q", "it is longer than 500 characters."),
        ("q=a&q=b", "q", "it is given more than once."),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client, query: str, name: str, reason: str) -> None:
    page = words(html(client, f"/claims/?{query}", 400))
    assert f"The parameter {name} was given as" in page
    assert reason in page


def test_a_day_to_come_is_refused(client: Client) -> None:
    day = timezone.now().date() + timedelta(days=2)
    assert "it lies in the future." in words(html(client, f"/claims/?from={day}", 400))


def test_who_is_named_in_nothing_public_is_as_unknown_as_nobody(client, editor, energy) -> None:
    speaker = factories.ClaimantFactory(name="Hidden Speaker", by=editor)
    outlet = factories.PublisherFactory(name="Hidden Outlet", by=editor)
    quote = factories.appearance_draft(factories.ArticleFactory(publisher=outlet), "is safe")
    claim = factories.ClaimFactory(claimant=speaker, appearance=quote, by=editor)
    workflow.file_claim(claim, topics=[energy], by=editor)
    for query in (
        f"claimant={speaker.public_id}",
        f"publisher={outlet.public_id}",
        f"topic={energy.slug}",
    ):
        page = html(client, f"/claims/?{query}", 400)
        assert "there is no such" in page
        assert "Hidden" not in page
        assert "Energy" not in page


def test_any_words_are_a_search(client: Client) -> None:
    claim = factories.published_claim(wording="Is 5 > 3 & “bridges” hold?")
    for typed in ('"', "%00", "%C3%28", "a OR", "-", "<script>", "AND NOT", "%F0%9F%98%80"):
        html(client, f"/claims/?q={typed}")
    assert path_of(claim) in html(client, "/claims/?q=bridges+hold")
