"""Share cards: the status before the claim, the claim in quotation marks, and no letter that our faces lack."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from claims import workflow
from claims.models import Claim, User
from claims.public.cards import drawing
from claims.public.cards.card import Card
from claims.public.cards.drawing import png_of
from claims.public.cards.lettering import broken, covers, face, fitted, plain, width_of
from claims.public.cards.words import card_of, general_card
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import Elements, document, html, path_of, said_at

pytestmark = pytest.mark.django_db
LARGEST = 60 * 1024
ARABIC = "أعلنت الوزارة أن الجسر آمن"


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def picture(body: bytes) -> Image.Image:
    found = Image.open(BytesIO(body))
    assert (found.format, found.size) == ("PNG", (1200, 630))
    return found


def summary(**fields: Any) -> dict[str, Any]:
    known = {
        "status": "disputed",
        "wording": "The bridge is safe.",
        "language": "en",
        "claimant": {"name": "The mayor", "role": ""},
        "status_since": "2025-01-09T10:00:00Z",
    }
    return {**known, **fields}


@pytest.mark.parametrize("language", ["", "/de"])
def test_a_published_claim_has_a_card_in_each_language(
    client: Client,
    published: Claim,
    language: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    path = f"{language}/claims/{published.public_id}/card.png"
    with django_assert_num_queries(1):  # the claim with its summary and survivor
        response = client.get(path)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"].startswith("public, max-age=60")
    assert len(response.content) <= LARGEST
    picture(response.content)
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).content == b""


def test_a_card_is_drawn_once_for_each_version_of_its_claim(
    client: Client, published: Claim, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Card] = []

    def draw(card: Card) -> bytes:
        drawn.append(card)
        return b"png"

    monkeypatch.setattr(drawing, "png_of", draw)
    path = f"/claims/{published.public_id}/card.png"
    before = client.get(path)["ETag"]
    client.get(path)
    assert len(drawn) == 1
    workflow.void_verdict(published, reason="An error.", by=editor)
    assert client.get(path)["ETag"] != before
    assert [card.heading for card in drawn] == ["Confirmed", "Withdrawn"]


def test_what_is_not_published_has_none(client: Client, claim: Claim, published: Claim) -> None:
    assert client.get("/claims/zzzzzzzzzz/card.png").status_code == 404
    hidden = factories.ClaimFactory.create()
    assert client.get(f"/claims/{hidden.public_id}/card.png").status_code == 404


def test_the_card_of_a_merged_claim_is_the_survivors(
    client: Client, published: Claim, editor: User
) -> None:
    other = factories.published_claim()
    workflow.merge_claims(other, into=published, reason="The same.", by=editor)
    response = client.get(f"/de/claims/{other.public_id}/card.png")
    assert response["Location"] == f"/de/claims/{published.public_id}/card.png"


@pytest.mark.parametrize("status", [*VerificationStatus, None])
def test_the_status_stands_above_the_claim_in_words(status: VerificationStatus | None) -> None:
    card = card_of(summary(status=status))
    assert card.heading == (status.label if status else "Withdrawn")
    assert f"{card.text}{card.closing}" == "“The bridge is safe.”"
    assert card.foot == "Claim by The mayor · verdict of 9 January 2025"


def test_each_status_has_a_shape_of_its_own() -> None:
    shapes = [drawing._shape(status, 60).tobytes() for status in drawing.COLOURS]
    assert len(set(shapes)) == len(drawing.COLOURS) == 4


@pytest.mark.parametrize(
    "wording", [ARABIC, "桥很安全。", "Мост безопасен.", "Bridge 🌉", "a\u0338x"]
)
def test_a_script_our_faces_lack_is_named_and_not_drawn_as_boxes(wording: str) -> None:
    assert not covers(plain(wording))
    card = card_of(summary(wording=wording, language="ar"))
    assert f"{card.text}{card.closing}" == "A claim in Arabic, by The mayor"


def test_a_name_our_faces_lack_is_left_to_the_page() -> None:
    card = card_of(summary(wording=ARABIC, language="tlh", claimant={"name": ARABIC, "role": ""}))
    assert card.text == "A claim in tlh, by somebody named on its page"
    assert card.foot == "Verdict of 9 January 2025"


def test_removed_words_are_said_to_be_removed() -> None:
    card = card_of(summary(wording=None))
    assert card.text == "A claim by The mayor. Its words were removed."


@pytest.mark.parametrize(
    "wording", ["Ärger, “Żółć”, naïve – 50 €", "e\u0301t\u00e9", "a\u202eb\u200fc"]
)
def test_letters_of_europe_are_drawn_and_what_has_no_shape_is_not(wording: str) -> None:
    assert covers(plain(wording))


@pytest.mark.parametrize("wording", ["W" * 2000, "word " * 400, "a", "\n".join("ab" * 40)])
def test_a_text_of_any_length_stays_within_the_card(wording: str) -> None:
    card = card_of(summary(wording=wording))
    size, lines = fitted(card.text, width=1032, height=330, sizes=drawing.SIZES, closing="”")
    assert lines[0].startswith("“")
    assert lines[-1].endswith("”")
    assert len(lines) * size <= 330
    for line in lines:
        assert face("newsreader-medium.ttf", size).getlength(line) <= 1032 * 1.02
    body = png_of(card)
    assert len(body) <= LARGEST
    right = picture(body).convert("L").crop((1200 - 60, 0, 1200, 630))
    assert right.getextrema()[0] == right.getextrema()[1]


def test_a_word_wider_than_the_card_is_broken() -> None:
    lines = broken("W" * 100, 60, 500)
    assert "".join(lines) == "W" * 100
    assert max(width_of(line, 60) for line in lines) <= 500


def test_the_register_has_a_card_for_all_other_pages(client: Client, settings: Any) -> None:
    settings.FACTCHECK_REGISTER_NAME = "The Register " * 20
    assert general_card().status == ""
    picture(client.get("/card.png").content)
    settings.FACTCHECK_REGISTER_NAME = ARABIC
    assert general_card().heading == "127.0.0.1:8000"


def meta(page: str) -> dict[str, str]:
    """Return what a page says of itself to those who pass its address on."""
    found = [a for tag, a in Elements.of(page) if tag == "meta"]
    return {str(a.get("property") or a.get("name")): str(a.get("content")) for a in found}


def test_a_claim_that_is_passed_on_is_never_its_words_alone(
    client: Client, published: Claim
) -> None:
    said = meta(html(client, path_of(published)))
    wording = document(published)["wording"]
    assert said["og:title"] == said["og:image:alt"] == f"Confirmed: “{wording}”"
    assert wording not in said["og:description"]
    base = "http://127.0.0.1:8000"
    assert said["og:image"] == f"{base}/claims/{published.public_id}/card.png"
    assert said["og:url"] == base + path_of(published)
    assert said["og:type"] == "article"
    assert said["article:published_time"] == document(published)["published_at"]
    assert said["article:modified_time"] == document(published)["history"][-1]["recorded_at"]
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["twitter:card"] == "summary_large_image"
    assert (said["og:locale"], said["og:locale:alternate"]) == ("en_GB", "de_DE")


def test_the_german_page_is_passed_on_with_the_german_card(
    client: Client, published: Claim
) -> None:
    said = meta(html(client, f"/de{path_of(published)}"))
    assert said["og:image"].endswith(f"/de/claims/{published.public_id}/card.png")
    assert (said["og:locale"], said["og:locale:alternate"]) == ("de_DE", "en_GB")


def test_other_pages_and_earlier_states_carry_the_registers_card(
    client: Client, published: Claim
) -> None:
    past = f"{path_of(published)}?as_of={said_at(published, 4)}"
    for path in ("/", "/claims/", "/method/", past):
        said = meta(html(client, path))
        assert said["og:image"] == "http://127.0.0.1:8000/card.png"
        assert "og:title" not in said


def test_telephones_find_icons_and_a_manifest(client: Client) -> None:
    manifest = client.get("/site.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    assert [icon["sizes"] for icon in manifest.json()["icons"]] == ["192x192", "512x512"]
    links = {
        a.get("rel"): a.get("href") for tag, a in Elements.of(html(client, "/")) if tag == "link"
    }
    assert links["manifest"] == "/site.webmanifest"
    assert links["apple-touch-icon"] == "/static/claims/apple-touch-icon.png"


def test_cards_are_drawn_in_the_colours_of_the_pages_by_day() -> None:
    sheet = settings.BASE_DIR / "claims/static/claims/tokens.css"
    by_day = sheet.read_text().split("@media", 1)[0]
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", by_day))
    inks = (drawing.PAPER, drawing.INK, drawing.SOFT)
    assert inks == (tokens["paper"], tokens["ink"], tokens["ink-soft"])
    statuses = {status: tokens[status] for status in VerificationStatus.values}
    assert statuses == {key: drawing.COLOURS[key] for key in statuses}


def test_a_card_bears_the_name_the_register_has_now(
    client: Client, published: Claim, settings: Settings
) -> None:
    path = f"/claims/{published.public_id}/card.png"
    before = client.get(path).content
    settings.FACTCHECK_REGISTER_NAME = "Another name"
    assert client.get(path).content != before
