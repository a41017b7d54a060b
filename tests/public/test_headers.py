"""What every public answer carries: a strict policy, short caching, no cookies; and what it takes."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim
from claims.public.answers import edition
from claims.vocabulary import Role
from tests import factories
from tests.public.pages import Elements, document, everything, html, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths() -> list[str]:
    return [*everything("plain words").paths, "/method/", "/nothing/", "/claims/?status=x"]


def test_every_page_carries_a_policy_without_exceptions_and_needs_none(client, paths) -> None:
    for path in paths:
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy
        elements = Elements.of(response.content.decode())
        run = [(tag, a) for tag, a in elements if a.get("type") != "application/ld+json"]
        assert not [tag for tag, _ in run if tag == "style"]
        # What runs is a file of ours, and so is what is framed: the line of today on earlier pages.
        assert all((a["src"] or "").startswith("/static/") for tag, a in run if tag == "script")
        framed = [a["src"] or "" for tag, a in run if tag == "iframe"]
        assert all(re.match(r"/claims/[0-9a-z]{10}/now/", address) for address in framed)
        assert not [a for _, attributes in elements for a in attributes if a == "style"]


def test_no_page_touches_the_session(client: Client, paths: list[str]) -> None:
    for path in paths:
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_pages_are_fresh_for_a_minute_and_answer_conditional_requests(client, paths) -> None:
    for path in paths[:-2]:
        first = client.get(path)
        assert re.fullmatch(r'"[0-9a-f]{32}"', first["ETag"])
        assert first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


def test_what_one_readers_conditions_led_to_is_not_kept_for_the_next(client, paths) -> None:
    for path in paths[:-2]:
        refused = client.get(path, headers={"If-Match": '"another"'})
        assert (refused.status_code, refused["Cache-Control"]) == (412, "no-store")


def test_a_condition_on_a_date_of_modification_is_ignored_for_there_is_none(client, paths) -> None:
    for path in paths[:-2]:
        asked = {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
        assert client.get(path, headers=asked).status_code == 200


def test_a_page_changes_its_mark_when_the_claim_changes(client: Client, published, editor) -> None:
    seen = {path: client.get(path)["ETag"] for path in ("/", "/claims/", path_of(published))}
    factories.EvidenceFactory(claim=published, by=editor)
    for path, mark in seen.items():
        assert client.get(path, headers={"If-None-Match": mark}).status_code == 200


def test_a_page_changes_its_mark_with_the_design(client: Client, monkeypatch) -> None:
    before = client.get("/method/")["ETag"]
    monkeypatch.setattr("claims.public.answers.edition", lambda: "another")
    assert client.get("/method/")["ETag"] != before
    assert len(edition()) == 64


def test_pages_answer_head_and_refuse_what_would_change_something(client, paths) -> None:
    for path in paths[:-2]:
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(path).status_code == 405


def test_links_to_others_pass_no_credit_and_open_no_window(client: Client) -> None:
    for path in everything("[a](https://a.example)").paths:
        for tag, attributes in Elements.of(html(client, path)):
            if tag == "a" and (attributes["href"] or "").startswith("http"):
                rel = set((attributes.get("rel") or "").split())
                assert "noopener" in rel
                assert rel & {"nofollow", "license"}  # the terms are the register's own choice
                assert "target" not in attributes


def test_every_internal_link_of_every_page_leads_somewhere(client: Client) -> None:
    scene = everything("plain words")
    workflow.void_verdict(scene.claim, reason="An error.", by=factories.person(Role.EDITOR))
    for path in scene.paths:
        for tag, attributes in Elements.of(html(client, path)):
            link = (attributes.get("href") or "") if tag == "a" else ""
            if link.startswith("/") and not link.startswith(("/api/", "/admin/")):
                assert client.get(link, follow=True).status_code == 200, link


def test_every_link_within_a_page_has_its_place(client: Client) -> None:
    for path in everything("plain words").paths:
        elements = Elements.of(html(client, path))
        places = {attributes.get("id") for _, attributes in elements}
        links = {a["href"] for tag, a in elements if tag == "a" and (a["href"] or "")[:1] == "#"}
        assert {link[1:] for link in links if link} <= places, path


def test_the_addresses_of_documents_are_those_of_pages(client: Client, published: Claim) -> None:
    assert client.get(document(published)["html_url"]).status_code == 200
