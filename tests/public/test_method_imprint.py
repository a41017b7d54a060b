"""Who is responsible, who pays, how to complain: what the operator has told, on the page about the method."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from tests.public.pages import html, words

pytestmark = pytest.mark.django_db
TOLD = {
    "FACTCHECK_OWNER_NAME": "Example Media Foundation",
    "FACTCHECK_OWNER_CONTACT": "mailto:desk@example.org",
    "FACTCHECK_FUNDING": "Paid for by its readers.",
    "FACTCHECK_FUNDING_URL": "https://example.org/accounts",
    "FACTCHECK_ESCALATION_NAME": "the Example Press Council",
    "FACTCHECK_ESCALATION_URL": "https://council.example/complaints",
}


@override_settings(**TOLD)
def test_it_tells_who_is_responsible_who_pays_and_who_hears_complaints(client: Client) -> None:
    page = html(client, "/method/")
    assert "Responsible for the register: Example Media Foundation" in words(page)
    assert "Paid for by its readers." in page
    for name in ("OWNER_CONTACT", "FUNDING_URL", "ESCALATION_URL"):
        assert f'href="{TOLD[f"FACTCHECK_{name}"]}"' in page
    assert "take the complaint further, to the Example Press Council" in words(page)


def test_what_is_not_told_is_not_spoken_of(client: Client) -> None:
    page = html(client, "/method/")
    assert 'id="who"' not in page
    assert 'id="escalation"' not in page
    assert 'id="complain"' in page
    assert 'id="corrections"' in page
    assert 'href="/corrections/"' in page


def test_the_page_changes_its_mark_with_what_is_told(client: Client) -> None:
    before = client.get("/method/")["ETag"]
    with override_settings(**TOLD):
        assert client.get("/method/")["ETag"] != before
