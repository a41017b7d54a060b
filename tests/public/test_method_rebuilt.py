"""The method page of a register that was rebuilt from an export, and where readers find the exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, Restoration
from tests.management.rebuilding import empty_the_register, exported, rebuilt
from tests.public.pages import html, words


def day_of(moment: Any) -> str:
    return str(moment.strftime("%-d %B %Y"))


def test_readers_see_from_what_the_register_was_rebuilt(
    client: Client, published: Claim, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    before = client.get("/method/")
    assert "was rebuilt" not in words(before.content.decode())
    export = exported(tmp_path)
    empty_the_register()
    rebuilt(export.folder)
    with django_assert_num_queries(4):
        after = client.get("/method/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    page, restoration = after.content.decode(), Restoration.objects.get()
    assert page.count('id="rebuilt"') == 1
    told = words(page)
    assert f"rebuilt on {day_of(restoration.ended_at)} from an export of itself" in told
    assert f"last act was recorded on {day_of(restoration.as_of)}" in told
    assert export.digest in told


def test_one_that_came_from_an_empty_export_says_that(
    client: Client, db: None, tmp_path: Path
) -> None:
    export = exported(tmp_path)
    empty_the_register()
    rebuilt(export.folder)
    told = words(html(client, "/method/"))
    assert "an export of itself that held no act." in told
    assert export.digest in told


def test_one_that_is_still_being_rebuilt_does_not_say_so_yet(
    client: Client, published: Claim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = exported(tmp_path)
    empty_the_register()

    def broken_off(*args: Any, **told: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claims.workflow.restoring.finish", broken_off)
    with pytest.raises(KeyboardInterrupt):
        rebuilt(export.folder)
    assert Restoration.objects.begun().exists()
    assert "was rebuilt" not in words(html(client, "/method/"))


@pytest.mark.parametrize("path", ["/method/", "/statistics/"])
def test_readers_are_led_to_the_exports(client: Client, published: Claim, path: str) -> None:
    assert 'href="/api/v1/exports/"' in html(client, path)
    assert client.get("/api/v1/exports/").status_code == 200


def test_the_page_leads_to_the_reference_and_the_changes(client: Client, db: None) -> None:
    page = html(client, "/method/")
    for address in ("/api/v1/docs/", "/api/v1/changes/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
