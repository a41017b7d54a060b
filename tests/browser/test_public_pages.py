"""The public pages in a real browser: accessible, readable on the smallest screen, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit, violations

pytestmark = pytest.mark.browser

PAGES = [
    "home",
    "list",
    "filtered list",
    "changed claim",
    "reworded claim",
    "corrected claim",
    "imported claim",
    "claim as of",
    "claim as of the world",
    "before the first verdict",
    "memento",
    "comparison",
    "German claim",
    "German home",
    "embedded claim",
    "report",
    "suggestion",
    "receipt",
    "found",
    "not found by words",
    "changes",
    "check",
    "topic",
    "full-text article",
    "quotes-only article",
    "claimant",
    "method",
    "publisher",
    "topics",
    "corrections",
    "statistics",
    "glossary",
    "form to follow",
    "not found",
    "bad argument",
]
CLAIMS = {
    "reworded claim": "Officers and instructors",
    "corrected claim": "international prototype",
    "imported claim": "Satellite images",
}


FIXED = {
    "home": "/",
    "German home": "/de/",
    "list": "/claims/",
    "filtered list": "/claims/?status=disputed",
    "found": "/claims/?q=kilogram&order=relevance",
    "not found by words": "/claims/?q=internatoinal",
    "changes": "/changes/",
    "check": "/check/",
    "method": "/method/",
    "topics": "/topics/",
    "corrections": "/corrections/",
    "statistics": "/statistics/",
    "glossary": "/statuses/",
    "suggestion": "/report/",
    "not found": "/nothing/",
    "bad argument": "/claims/?status=true",
}

REPORT = """
from claims import workflow
from claims.desk_vocabulary import ReportChannel, ReportKind
from claims.models import Claim
from claims.models.private_links import new_seed
claim = Claim.objects.get(public_id="NUMBER")
about = {"claim": claim, "seed": new_seed(), "text": "See the minutes."}
draft = workflow.ReportDraft(kind=ReportKind.EVIDENCE, channel=ReportChannel.PAGE, **about)
print(workflow.file_report(draft, by=None).token)
"""

ODD = """
from tests import factories
long = "W" * 150
claimant = factories.ClaimantFactory(name=long, role=long)
text = f"Somebody said {long} here."
article = factories.ArticleFactory(title=long, text=text, publisher_name=long, licence="full_text")
quote = factories.appearance_draft(article, long, speaker=claimant, cue=long)
claim = factories.ClaimFactory(wording=long, claimant=claimant, appearance=quote)
factories.EvidenceFactory(claim=claim, title=long, url=f"https://a.example/{long}", excerpt=long)
factories.give_verdict(claim, rationale=long, known=long, not_known=long, would_settle=long)
ministry = factories.ClaimantFactory(name="وزارة النقل")
text = "قالت الوزارة إن الجسر القديم مفتوح."
article = factories.ArticleFactory(title="تقرير", text=text, language="ar", licence="full_text")
quote = factories.appearance_draft(article, "الجسر القديم مفتوح", speaker=ministry)
wording = "NATO: الجسر القديم مفتوح أمام حركة المرور منذ شهر مايو."
arabic = factories.ClaimFactory(wording=wording, language="ar", claimant=ministry, appearance=quote)
factories.give_verdict(arabic, rationale="السجل يؤكد ذلك.")
print(claim.public_id, article.public_id, claimant.public_id, arabic.public_id)
"""


@pytest.fixture(scope="session")
def addresses(site: Site, browser: Browser, changed: str) -> dict[str, str]:
    """Where each kind of page is, found by following the links a reader would."""
    page = browser.new_page()
    page.goto(f"{site.url}/claims/")
    found = {name: _link(page, text) for name, text in CLAIMS.items()} | {"changed claim": changed}
    page.goto(site.url + changed)
    found["claimant"] = _link(page, "Matthew Miller")
    found["quotes-only article"] = _link(page, "wire report")
    found["claim as of"] = _link(page, "Page as of entry 10")
    found["memento"] = page.locator("[data-href*='/@']").first.get_attribute("data-href") or ""
    page.goto(f"{site.url}/topics/")
    found["topic"] = _link(page, "War in Ukraine")
    page.goto(site.url + found["quotes-only article"])
    found["publisher"] = _link(page, "TASS")
    page.goto(site.url + found["corrected claim"])
    found["full-text article"] = _link(page, "lost its cylinder")
    found["report"] = _link(page, "Report an error")
    page.close()
    found["form to follow"] = f"{'/'.join(changed.split('/')[:3])}/follow/"
    number = changed.split("/")[2]
    secret = site.manage("shell", "-v0", "-c", REPORT.replace("NUMBER", number)).strip()
    return {**FIXED, **found, **_around(changed, number), "receipt": f"/reports/{secret}/"}


def _around(claim: str, number: str) -> dict[str, str]:
    return {
        "claim as of the world": f"{claim}?effective_as_of=2025-01-20",
        "before the first verdict": f"{claim}?as_of=2024-12-31",
        "comparison": f"/claims/{number}/compare/",
        "embedded claim": f"/embed/claims/{number}/",
        "German claim": f"/de{claim}",
    }


def _link(page: Page, text: str) -> str:
    address = page.locator("main a", has_text=text).first.get_attribute("href")
    assert address
    return address


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_by_day_or_by_night(visit: Visit, addresses, name: str) -> None:
    page = visit(addresses[name], color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_axe_does_find_what_is_wrong(visit: Visit) -> None:
    page = visit("/")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x>'")
    assert [problem.split(":")[0] for problem in violations(page)] == ["image-alt"]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_over_the_edge_of_the_smallest_screen(visit, addresses, name: str) -> None:
    page = visit(addresses[name], viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.fixture(scope="session")
def odd(site: Site) -> list[str]:
    """Where the pages are of a claim, its article and its claimant in words without end, and of a claim in Arabic."""
    claim, article, claimant, arabic = site.manage("shell", "-v0", "-c", ODD).split()
    pages = [f"/claims/{claim}/", f"/articles/{article}/", f"/claimants/{claimant}/"]
    return [*pages, f"/claims/{arabic}/"]


def test_words_without_end_do_not_run_over_the_edge_either(visit: Visit, odd) -> None:
    for path in ["/", "/claims/", *odd]:
        page = visit(path, viewport={"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_in_arabic_runs_from_right_to_left_on_an_english_page(
    visit: Visit, odd, scheme: str
) -> None:
    page = visit(odd[-1], color_scheme=scheme, viewport={"width": 390, "height": 800})
    direction = "one => getComputedStyle(one).direction"
    for said in (page.locator("h1 .claim__words"), page.locator("blockquote").first):
        assert said.evaluate(direction) == "rtl"
        assert said.evaluate("one => one.closest('[lang]').lang") == "ar"
    assert page.locator(".verdict__status").evaluate(direction) == "ltr"
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_hold_no_script_but_the_slider_and_break_no_policy(
    browser, site, addresses, name: str
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site.url + addresses[name])
    assert [line for line in complaints if "status of 40" not in line] == []
    slider = "script[src*='claims/public/time'], script[type='application/ld+json']"
    assert page.locator("script").count() == page.locator(slider).count()
    page.close()


def test_the_date_form_turns_the_page_back_without_scripts(visit: Visit, addresses) -> None:
    page = visit(addresses["changed claim"], java_script_enabled=False)
    page.get_by_label("How things stood, as known today, on").fill("2025-01-20")
    page.locator("form", has_text="How things stood").get_by_role("button").click()
    expect(page).to_have_url(re.compile("effective_as_of=2025-01-20"))
    expect(page.locator(".verdict__status")).to_have_text("Unconfirmed")
    page.get_by_role("link", name="Today’s page").click()
    expect(page.locator(".verdict__status")).to_have_text("Confirmed")


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.evaluate("link => link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_everything_to_press_is_large_enough(visit: Visit, addresses) -> None:
    page = visit(addresses["changed claim"], viewport={"width": 320, "height": 640})
    heights = (
        page.locator("nav a, input, button, .links a")
        .filter(visible=True)
        .evaluate_all("found => found.map(one => one.getBoundingClientRect().height)")
    )
    assert min(heights) >= 24


def test_on_paper_the_forms_are_gone_and_sources_carry_their_addresses(visit, addresses) -> None:
    page = visit(addresses["changed claim"])
    page.emulate_media(media="print")
    assert not page.locator("form").first.is_visible()
    after = "link => getComputedStyle(link, '::after').content"
    assert "http" in page.locator(".piece__title a").first.evaluate(after)
