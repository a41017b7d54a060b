"""Lists of a large register: bounded counts, pages without an end, and plans that neither scan nor sort a table."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import workflow
from claims.admin import paging
from claims.models import Claim, User
from claims.vocabulary import ReviewReason, Role, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of

LIST = "/admin/claims/claim/"
LARGE = (
    "claim",
    "article",
    "historyentry",
    "evidence",
    "verdict",
    "wording",
    "appearance",
    "claimant",
    "publisher",
)
LISTS = [
    *(f"{model}/" for model in LARGE),
    "claim/?status=confirmed",
    "claim/?kind__exact=fact",
    "claim/?status=none",
    "article/?licence__exact=unknown",
    "historyentry/?act__exact=claim_created",
    "evidence/?stance__exact=supports",
    "evidence/?kind__exact=document",
    "verdict/?status__exact=confirmed",
    "verdict/?cause__exact=review",
    "appearance/?position__exact=asserts",
    "appearance/?cue_class__exact=neutral",
    "claimant/?kind__exact=person",
    "publisher/?kind__exact=other",
    "review/?queue=ended",
]
# What waits for people may be sorted: it is a small part of a register, and found by an index.
OF_WORK = ["claim/?review=proposed", "claim/?review=never", "review/"]
TABLES = "|".join([*LARGE, "review"])
WHOLE = re.compile(rf"^SCAN claims_({TABLES})$")
SORTED = re.compile(r"^USE TEMP B-TREE FOR (ORDER BY|GROUP BY|DISTINCT)")
UNBOUNDED = re.compile(rf'^SELECT COUNT\(\S+\) AS "__count" FROM "claims_({TABLES})"')


@pytest.fixture
def short_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNTED", 3)
    monkeypatch.setattr("claims.admin.claims.ClaimAdmin.list_per_page", 2)


def claims(number: int, by: User) -> list[Claim]:
    return [factories.ClaimFactory(wording=f"Claim no {at}.", by=by) for at in range(number)]


@pytest.mark.usefixtures("short_counts")
def test_a_long_list_goes_on_page_by_page(sign_in: SignIn, editor: User) -> None:
    claims(5, editor)
    client = sign_in(editor)
    first, second, last = (client.get(f"{LIST}?kind__exact=fact&p={at}") for at in (1, 2, 3))
    assert "More than 3 claims Page 1 Next" in " ".join(text_of(first).split())
    assert 'href="?kind__exact=fact&amp;p=2" rel="next"' in first.content.decode()
    assert "Previous Page 2 Next" in " ".join(text_of(second).split())
    assert "Claim no 0." in text_of(last)
    assert 'rel="next"' not in last.content.decode()
    assert [len(page.context["cl"].result_list) for page in (first, second, last)] == [2, 2, 1]


@pytest.mark.usefixtures("short_counts")
@pytest.mark.parametrize("page", ["4", "0", "-1", "99999999999999999999"])
def test_a_page_that_is_not_there_leads_to_the_list(
    sign_in: SignIn, editor: User, page: str
) -> None:
    claims(5, editor)
    answer = sign_in(editor).get(f"{LIST}?p={page}", follow=True)
    assert answer.status_code == 200
    assert "Page 1" in text_of(answer)


@pytest.mark.usefixtures("short_counts")
def test_a_short_list_says_how_many_there_are(sign_in: SignIn, editor: User) -> None:
    claims(3, editor)
    assert "3 claims" in text_of(sign_in(editor).get(LIST))


def test_claims_and_reviews_are_found_by_the_registers_search(
    sign_in: SignIn, editor: User
) -> None:
    claimant = factories.ClaimantFactory(name="Ada Example", by=editor)
    claim = factories.ClaimFactory(wording="Bridges rust.", claimant=claimant, by=editor)
    twin = factories.ClaimFactory(wording="A bridge rusted.", by=editor)
    workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    workflow.merge_claims(twin, into=factories.ClaimFactory(by=editor), reason="Same.", by=editor)
    client = sign_in(editor)
    for typed in ("bridg", "Ada", "rust Bridges", claim.public_id):
        assert claim.wording in text_of(client.get(LIST, {"q": typed}))
        assert claim.wording in text_of(client.get("/admin/claims/review/", {"q": typed}))
    assert twin.wording not in text_of(client.get(LIST, {"q": "rusted"}))
    assert twin.wording in text_of(client.get(LIST, {"q": twin.public_id}))


@pytest.fixture
def register(editor: User) -> None:
    claim = factories.ClaimFactory(claimant=factories.ClaimantFactory(by=editor), by=editor)
    factories.give_verdict(claim, VerificationStatus.CONFIRMED)
    factories.proposed_review(
        factories.ClaimFactory(by=editor),
        VerificationStatus.UNCONFIRMED,
        proposer=factories.person(Role.REVIEWER),
    )


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("where", LISTS + OF_WORK)
def test_no_list_counts_scans_or_sorts_a_large_table(
    sign_in: SignIn, boss: User, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    counted = vars(paging.BoundedPaginator)["count"].func
    long = property(lambda self: counted(self) + paging.COUNTED + 1)
    monkeypatch.setattr(paging.BoundedPaginator, "count", long)
    client = sign_in(boss)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/admin/claims/{where}").status_code == 200
    assert len(queries) < 30
    asked = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    assert [sql for sql in asked if UNBOUNDED.match(sql)] == []
    if connection.vendor == "sqlite":
        steps = [step for sql in asked if sql.endswith(" LIMIT 51") for step in plan_of(sql)]
        assert steps
        # Without a filter, a list is read along its key or an index, and no further than the page.
        assert "?" not in where or [step for step in steps if WHOLE.match(step)] == []
        assert where in OF_WORK or [step for step in steps if SORTED.match(step)] == []


def plan_of(sql: str) -> list[str]:
    """Return the steps of SQLite's plan of a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}")
        return [row[3] for row in cursor.fetchall()]
