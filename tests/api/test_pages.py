"""Pages: every list can be walked both ways, and a cursor is good for its own list only."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest

from claims.api.cursors import read
from claims.models import Claim, HistoryEntry
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.api.conftest import Api
from tests.api.test_articles import quoted_article


@pytest.fixture
def lists(db: None) -> dict[str, list[Any]]:
    """Seven things in each list, as one page shows them."""
    for _ in range(6):
        quoted_article()
        factories.published_claim(claimant=factories.ClaimantFactory())
    claim = Claim.objects.earliest("pk")
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    paths = ["claims/", "articles/", "claimants/", f"claims/{claim.public_id}/history/"]
    today = HistoryEntry.objects.latest("recorded_at").recorded_at.date()
    past = [f"{path}?as_of={today}" for path in ("claims/", paths[-1])]
    return {path: Api().get(path)["results"] for path in paths + past}


def test_every_list_can_be_walked_forth_and_back(api: Api, lists: dict[str, list[Any]]) -> None:
    for path, whole in lists.items():
        for limit in (1, 2, len(whole), 100):
            mark = "&" if "?" in path else "?"
            page = api.get(f"{path}{mark}limit={limit}")
            assert page["previous"] is None
            forth = [page["results"]]
            while page["next"]:
                page = api.get(page["next"])
                forth.append(page["results"])
            back = [page["results"]]
            while page["previous"]:
                page = api.get(page["previous"])
                back.append(page["results"])
            assert list(chain.from_iterable(forth)) == whole
            assert back == forth[::-1]
            assert all(len(results) <= limit for results in forth)


def test_neighbours_are_named_in_the_link_header_too(api: Api, lists: dict[str, list[Any]]) -> None:
    first = api.fetch("claims/", limit=2)
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    second = api.fetch(first.json()["next"])
    assert f'<{second.json()["previous"]}>; rel="prev"' in second["Link"]


def test_a_cursor_of_another_list_is_refused(api: Api, lists: dict[str, list[Any]]) -> None:
    cursors = {
        path: api.get(f"{path}{'&' if '?' in path else '?'}limit=1")["next"].split("cursor=")[1]
        for path in lists
    }
    cursors["claims/?status=confirmed"] = api.get("claims/?status=confirmed&limit=1")["next"].split(
        "cursor="
    )[1]
    for own, cursor in cursors.items():
        for path in cursors:
            answer = api.fetch(f"{path}{'&' if '?' in path else '?'}cursor={cursor}")
            assert answer.status_code == (200 if path == own else 400)


def test_a_cursor_that_was_altered_is_refused(api: Api, lists: dict[str, list[Any]]) -> None:
    address = api.get("claims/?limit=1")["next"]
    cursor = address.split("cursor=")[1]
    for place in range(0, len(cursor), 7):
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        assert api.fetch(f"claims/?cursor={changed}").status_code == 400


def test_a_cursor_gives_no_row_number_away(api: Api, lists: dict[str, list[Any]]) -> None:
    cursor = api.get("claims/?limit=1")["next"].split("cursor=")[1]
    key = read(cursor, bound_to="/api/v1/claims/?").key
    assert key[1] == lists["claims/"][0]["id"]


def test_the_page_size_may_change_on_the_way(api: Api, lists: dict[str, list[Any]]) -> None:
    page = api.get("claims/?limit=2")
    rest = api.get(page["next"].replace("limit=2", "limit=100"))
    assert page["results"] + rest["results"] == lists["claims/"]


def test_a_place_whose_rows_are_gone_is_an_empty_page(api: Api) -> None:
    claims = [factories.published_claim() for _ in range(2)]
    address = api.get("claims/?limit=1&status=confirmed")["next"]
    factories.give_verdict(claims[0], VerificationStatus.DISPUTED)
    assert api.get(address) == {"results": [], "next": None, "previous": None}
