"""/api/v1/method/: how the desk works, in every version there was."""

from __future__ import annotations

import pytest

from claims.models import MethodVersion, User
from tests import factories
from tests.api.conftest import Api, Queries


@pytest.mark.parametrize("rows", [1, 20])
def test_every_version_can_be_read(api: Api, queries: Queries, editor: User, rows: int) -> None:
    before = MethodVersion.objects.count()
    for _ in range(rows):
        last = factories.method("Ask the claimant.", "Look for the source.", by=editor)
    with queries(1):  # the page
        page = api.get("method/")["results"]
    assert [one["number"] for one in page] == list(range(before + rows, 0, -1))
    with queries(2):  # the version; its checklist
        shown = api.get(page[0]["url"])
    assert shown["body"] == last.body
    assert shown["checklist"] == ["Ask the claimant.", "Look for the source."]
    assert api.client.get(shown["html_url"]).status_code == 200


def test_the_past_knows_the_versions_of_then(api: Api, editor: User) -> None:
    first = factories.method(by=editor)
    second = factories.method(by=editor)
    then = first.at.isoformat()
    numbers = [one["number"] for one in api.get("method/", as_of=then)["results"]]
    assert numbers[0] == first.number
    assert api.get(f"method/{second.number}/", 404, as_of=then)["detail"].startswith("This version")
    assert api.get(f"method/{first.number}/", as_of=then)["number"] == first.number
    for number in ("0", "01", "999", "x"):
        assert api.fetch(f"method/{number}/").status_code == 404
