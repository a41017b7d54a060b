"""How a claim's page looks with much and with little on it: wide and narrow, light and dark."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desk import ROOT, Arrive

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
CLAIMS = f"""
from claims import workflow
from claims.models import User
from claims.vocabulary import EvidenceKind, Stance, VerificationStatus
from tests import factories
factories.UserFactory.reset_sequence(1000)
by = User.objects.get(username="rashid")
def add(claim, number, stance, **told):
    draft = dict(url=f"https://source{{number}}.example/", title=f"Report {{number}}", excerpt="It is so. " * 20)
    return workflow.add_evidence(
        claim, workflow.EvidenceDraft(stance=stance, kind=EvidenceKind.DOCUMENT, **(draft | told)), by=by
    )
much = factories.ClaimFactory(wording="Much is known of it.")
stances = [Stance.SUPPORTS, Stance.REFUTES, Stance.SUPPORTS, Stance.CONTEXT]
for number in range(20):
    piece = add(much, number, stances[number % 4], primary=number % 3 == 0)
workflow.withdraw_evidence(piece, reason="A forgery.", by=by)
factories.give_verdict(much, VerificationStatus.DISPUTED)
workflow.open_review(much, reason="new_evidence", note="Look once more.", by=by)
one = factories.ClaimFactory(wording="One thing is known of it.")
add(one, 21, Stance.SUPPORTS, primary=True)
factories.ClaimFactory(wording="Nothing is known of it.")
long = factories.ClaimFactory(wording="{LONG * 3}")
for number in range(2):
    add(long, 30 + number, Stance.SUPPORTS, title="{LONG * 2}", url="https://long.example/" + "a" * 300 + str(number))
"""
KINDS = ("Much is known", "One thing is known", "Nothing is known", LONG)


@pytest.fixture(scope="module")
def _claims(desk: str, desk_variables: dict[str, str]) -> None:
    """Claims with twenty pieces of evidence, with one, with none, and with words that do not end."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", CLAIMS]
    subprocess.run(command, env=desk_variables, check=True, cwd=ROOT)


def show(page: Page, words: str) -> None:
    """Open the page of the claim that begins so."""
    page.goto(f"/admin/search/?q={words[:80]}")
    page.locator(".found").get_by_role("link", name=words).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def left_of(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"]


@pytest.mark.usefixtures("_claims")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_each_is_accessible_and_fits(arrive: Arrive, scheme: str, width: int) -> None:
    page = arrive("edwin", color_scheme=scheme, viewport={"width": width, "height": 800})
    found = {}
    for words in KINDS:
        show(page, words)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[words] = violations(page) + ["too wide"] * wide
    assert {words: wrong for words, wrong in found.items() if wrong} == {}


@pytest.mark.usefixtures("_claims")
def test_for_and_against_stand_side_by_side_where_there_is_room(arrive: Arrive) -> None:
    page = arrive("edwin", viewport={"width": 1280, "height": 800})
    show(page, "Much is known")
    sides = left_of(page, ".side-supports"), left_of(page, ".side-refutes")
    assert sides[0] + 300 < sides[1]
    assert left_of(page, ".side-context") == sides[0]
    page.set_viewport_size({"width": 320, "height": 800})
    assert left_of(page, ".side-supports") == left_of(page, ".side-refutes")


@pytest.mark.usefixtures("_claims")
def test_the_row_leads_to_each_part_and_stays_in_sight(arrive: Arrive) -> None:
    page = arrive("edwin", viewport={"width": 1280, "height": 800})
    show(page, "Much is known")
    row = page.get_by_role("navigation", name="On this page")
    for part in ("Evidence", "Where it was found", "What is missing", "Review", "History"):
        row.get_by_role("link", name=part).click()
        expect(row).to_be_in_viewport(ratio=1)
        heading = page.get_by_role("heading", level=2, name=part).first
        expect(heading).to_be_in_viewport(ratio=1)
        top, bar = heading.bounding_box(), row.bounding_box()
        assert top is not None
        assert bar is not None
        assert top["y"] >= bar["y"] + bar["height"]


@pytest.mark.usefixtures("_claims")
def test_what_is_missing_leads_to_the_piece_it_names(arrive: Arrive) -> None:
    page = arrive("edwin", viewport={"width": 1280, "height": 800})
    show(page, "One thing is known")
    panel = page.get_by_role("region", name="What is missing")
    expect(panel).to_contain_text("one more, of another origin than #2")
    panel.get_by_role("link", name="#2").first.click()
    expect(page.locator("#evidence-2")).to_be_in_viewport()
