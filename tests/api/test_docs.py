"""/api/v1/docs/: the reference needs nothing from another host and nothing the content policy forbids."""

from __future__ import annotations

import re

from django.contrib.staticfiles import finders

from tests.api.conftest import Api, Queries


def test_all_that_the_page_loads_is_served_from_here(api: Api, queries: Queries) -> None:
    with queries(0):
        page = api.fetch("docs/")
    assert page["Content-Type"] == "text/html; charset=utf-8"
    text = page.content.decode()
    assert "unsafe" not in page["Content-Security-Policy"]
    assert not re.search(r"<style|<script>|\son\w+=|style=", text)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
    static = [url.removeprefix("/static/") for url in addresses if url.startswith("/static/")]
    assert len(static) == 3
    assert all(finders.find(name) for name in static)
    assert {url for url in addresses if not url.startswith("/static/")} == {
        "/api/v1/schema/",
        "start.js",
    }


def test_the_page_is_started_by_a_script_file(api: Api) -> None:
    script = api.fetch("docs/start.js")
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert b"../schema/" in script.content
    for accepted in ("text/javascript", "*/*", "text/*;q=0.5"):
        assert api.fetch("docs/start.js", headers={"accept": accepted}).status_code == 200
