"""Activity: one's own for everybody, everybody's for editors, and the same as a file."""

from __future__ import annotations

import warnings
from typing import Any, cast

import pytest
from asgiref.sync import async_to_sync
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import AsyncRequestFactory, RequestFactory
from django.utils import timezone

from claims.admin.activity import ActivityPages
from claims.admin.site import DeskSite
from claims.models import Claim, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, text_of


def note(person: User, claim: Claim, said: str = "Evidence added.", times: int = 1) -> None:
    kind = ContentType.objects.get_for_model(Claim)
    for _ in range(times):
        LogEntry.objects.create(
            user=person,
            content_type=kind,
            object_id=str(claim.pk),
            object_repr=f"claim {claim.public_id}",
            action_flag=CHANGE,
            change_message=said,
        )


def test_everybody_sees_their_own_and_editors_all(
    sign_in: SignIn, reviewer: User, editor: User, claim: Claim
) -> None:
    note(reviewer, claim, "Reworded.")
    note(editor, claim, "Voided.")
    own = text_of(sign_in(reviewer).get("/admin/activity/"))
    assert "Reworded." in own
    assert "Voided." not in own
    every = text_of(sign_in(editor).get("/admin/activity/"))
    assert "Reworded." in every
    assert "Voided." in every


def test_asking_for_somebody_else_shows_no_more_than_ones_own(
    sign_in: SignIn, reviewer: User, editor: User, claim: Claim
) -> None:
    note(editor, claim, "Voided.")
    client = sign_in(reviewer)
    assert "Voided." not in text_of(client.get(f"/admin/activity/?who={editor.pk}"))
    export = b"".join(client.get(f"/admin/activity.csv?who={editor.pk}").streaming_content)  # type: ignore[attr-defined]
    assert b"Voided." not in export


def test_acts_are_narrowed_by_person_claim_and_day(
    sign_in: SignIn, reviewer: User, editor: User, claim: Claim
) -> None:
    other = factories.ClaimFactory()
    note(reviewer, claim, "First.")
    note(editor, other, "Second.")
    client = sign_in(editor)
    today = timezone.localdate().isoformat()
    for query, seen in (
        (f"who={reviewer.pk}", "First."),
        (f"claim={other.public_id}", "Second."),
        (f"day={today}&who={editor.pk}", "Second."),
        ("day=2020-01-01", ""),
    ):
        page = client.get(f"/admin/activity/?{query}")
        said = [act.get_change_message() for act, _ in page.context["acts"]]
        assert said == [one for one in [seen] if one]


@pytest.mark.parametrize(
    "query", ["who=x", "who=99999999999999999999", "claim=%00", "day=31.2.", "before=x"]
)
def test_odd_queries_are_told_and_show_nothing_wrong(
    sign_in: SignIn, editor: User, query: str
) -> None:
    assert sign_in(editor).get(f"/admin/activity/?{query}").status_code == 200


def test_an_act_leads_to_its_claim(sign_in: SignIn, editor: User, claim: Claim) -> None:
    note(editor, claim)
    assert f"/admin/claims/claim/{claim.pk}/change/" in links_in(
        sign_in(editor).get("/admin/activity/")
    )


def test_earlier_acts_are_a_page_away(sign_in: SignIn, editor: User, claim: Claim) -> None:
    note(editor, claim, times=51)
    client = sign_in(editor)
    first = client.get(f"/admin/activity/?who={editor.pk}")
    earlier = client.get(
        f"/admin/activity/?{first.context['query']}&before={first.context['older']}"
    )
    assert (len(first.context["acts"]), len(earlier.context["acts"])) == (50, 1)


def test_the_file_holds_the_same_and_calculates_nothing(
    sign_in: SignIn, editor: User, claim: Claim
) -> None:
    note(editor, claim, "=HYPERLINK(1)")
    answer: Any = sign_in(editor).get("/admin/activity.csv")
    text = b"".join(answer.streaming_content).decode()
    assert text.splitlines()[0] == "when,who,what,about"
    assert ",'=HYPERLINK(1)," in text
    assert answer["Content-Disposition"] == 'attachment; filename="activity.csv"'


def test_under_asgi_the_file_is_sent_as_it_is_read(editor: User, claim: Claim) -> None:
    note(editor, claim, "Noted.", times=3)
    pages = ActivityPages(cast(DeskSite, admin.site))
    for factory, is_async in ((AsyncRequestFactory(), True), (RequestFactory(), False)):
        request: Any = factory.get("/admin/activity.csv")
        request.user = editor
        answer: Any = pages.export(request)
        assert answer.is_async == is_async
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            text = b"".join(async_to_sync(everything_of)(answer) if is_async else answer)
        assert text.count(b"Noted.") == 3


async def everything_of(answer: Any) -> list[bytes]:
    return [piece async for piece in answer]


def test_the_days_are_drawn(sign_in: SignIn, editor: User, claim: Claim) -> None:
    note(editor, claim, times=3)
    chart = sign_in(editor).get("/admin/activity/").context["chart"]
    assert len(chart.rows) == 14
    assert chart.rows[-1][1] == [3]


@pytest.mark.parametrize("number", [1, 20])
def test_the_queries_of_the_page(
    sign_in: SignIn, editor: User, claim: Claim, number: int, django_assert_num_queries: Any
) -> None:
    note(editor, claim, times=number)
    client = sign_in(editor)
    client.get("/admin/activity/")
    # Session, person, permissions of person and groups; people to choose from, acts, acts of 14 days.
    with django_assert_num_queries(7):
        client.get("/admin/activity/")
