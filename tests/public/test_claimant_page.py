"""The page of one claimant."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from claims import addresses, workflow
from claims.models import Claim, Claimant
from claims.vocabulary import Position, RedactionReason, Role, VerificationStatus
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker(db) -> Claimant:
    return factories.ClaimantFactory(name="Ada Speaker", role="mayor")


def page_path(claimant: Claimant) -> str:
    return addresses.claimant_page(claimant.public_id, claimant.name)


def voiced(speaker: Claimant, **fields):
    article = factories.ArticleFactory()
    draft = factories.appearance_draft(article, "Work goes on", speaker=speaker, **fields)
    return factories.published_claim(appearance=draft)


def test_the_page_lists_the_claimants_published_claims_and_counts_them(client, speaker) -> None:
    claim = factories.published_claim(VerificationStatus.DISPUTED, claimant=speaker)
    page = html(client, page_path(speaker))
    assert path_of(claim) in page
    assert "1 claim with a verdict" in page
    assert "0 confirmed, 0 unconfirmed, 1 disputed" in page
    assert "Ada Speaker" in page
    assert "mayor" in page


def test_it_lists_claims_of_others_with_the_position_taken(client, speaker) -> None:
    claim = voiced(speaker, position=Position.DENIES, cue="rejected", inferred=True)
    page = html(client, page_path(speaker))
    assert path_of(claim) in page
    assert "Denied ( rejected ) in Report" in words(page)
    assert "Speaker inferred by us" in page


def test_a_claim_of_their_own_is_not_listed_twice(client: Client, speaker: Claimant) -> None:
    article = factories.ArticleFactory()
    draft = factories.appearance_draft(article, "Work goes on", speaker=speaker)
    factories.published_claim(claimant=speaker, appearance=draft)
    assert "On claims of others" not in html(client, page_path(speaker))


def test_a_claimant_without_published_claims_looks_like_none_at_all(client, speaker) -> None:
    article = factories.ArticleFactory()
    draft = factories.appearance_draft(article, "Work goes on", speaker=speaker)
    factories.ClaimFactory(claimant=speaker)
    factories.ClaimFactory(appearance=draft)
    hidden = client.get(page_path(speaker))
    unknown = client.get("/claimants/0000000000/ada-speaker/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


def test_unpublished_claims_are_neither_listed_nor_counted(client, speaker) -> None:
    factories.published_claim(claimant=speaker)
    before = html(client, page_path(speaker))
    factories.ClaimFactory(claimant=speaker, wording="SECRET")
    assert html(client, page_path(speaker)) == before


def erase(claim: Claim, fields: list[str], *, number: int = 1) -> None:
    entry = claim.entries.get(number=number)
    factories.erase(entry, *fields, reason=RedactionReason.DATA_PROTECTION)


def test_a_role_that_was_erased_from_the_history_is_not_told_here(client, speaker) -> None:
    claim = factories.published_claim(claimant=speaker)
    assert "mayor" in html(client, page_path(speaker))
    erase(claim, ["wording.claimant_role"])
    page = html(client, page_path(speaker))
    assert "Ada Speaker" in page
    assert "mayor" not in page


def test_a_name_that_only_an_unpublished_claim_still_holds_is_not_told(client, speaker) -> None:
    claim = factories.published_claim(claimant=speaker)
    factories.ClaimFactory(claimant=speaker)
    erase(claim, ["wording.claimant_name", "wording.claimant_role"])
    speaker.refresh_from_db()
    assert speaker.name == "Ada Speaker"
    response = client.get(f"/claimants/{speaker.public_id}/")
    assert response.status_code == 410
    assert "Ada" not in response.content.decode()


def test_whose_last_mention_was_erased_is_gone_and_told_why_and_when(client, speaker) -> None:
    claims = [factories.published_claim(claimant=speaker) for _ in range(2)]
    erase(claims[0], ["wording.claimant_name", "wording.claimant_role"])
    assert "Ada Speaker" in html(client, page_path(speaker))
    erase(claims[1], ["wording.claimant_name", "wording.claimant_role"])
    path = f"/claimants/{speaker.public_id}/"
    page = html(client, path, 410)
    told = words(page)
    assert "Ada" not in page
    assert "This page was removed" in told
    assert "Ground: Data protection" in told
    assert f'<time datetime="{timezone.now():%Y-%m-%d}">' in page
    assert 'action="/de/claims/"' in html(client, f"/de{path}", 410)
    response = client.get(path)
    assert response["X-Robots-Tag"] == "noindex"
    assert "max-age=60" in response["Cache-Control"]


def test_a_speaker_whose_last_mention_was_erased_is_gone_as_well(client, speaker) -> None:
    claim = voiced(speaker)
    number = claim.entries.get(appearance__speaker=speaker).number
    erase(claim, ["appearance.speaker_name"], number=number)
    html(client, f"/claimants/{speaker.public_id}/", 410)


def test_who_was_erased_before_anything_was_published_never_was(client, speaker) -> None:
    claim = factories.ClaimFactory(claimant=speaker)
    erase(claim, ["wording.claimant_name", "wording.claimant_role"])
    for _ in range(2):
        hidden = client.get(f"/claimants/{speaker.public_id}/")
        unknown = client.get("/claimants/0000000000/")
        assert hidden.status_code == unknown.status_code == 404
        assert hidden.content.decode().replace(speaker.public_id, "0000000000") == (
            unknown.content.decode()
        )
        factories.give_verdict(claim)


def test_a_claimant_whose_claims_were_all_merged_away_still_has_a_page(client, speaker) -> None:
    ending, lasting = factories.published_claim(claimant=speaker), factories.published_claim()
    workflow.merge_claims(
        ending, into=lasting, reason="The same.", by=factories.person(Role.EDITOR)
    )
    told = client.get(addresses.claimant_api(speaker.public_id)).json()["html_url"]
    page = words(html(client, told.removeprefix("http://testserver")))
    assert "Ada Speaker" in page
    assert "merged into others" in page


def test_the_first_page_alone_is_indexed(client: Client, speaker: Claimant) -> None:
    for _ in range(21):
        factories.published_claim(claimant=speaker)
    first = client.get(page_path(speaker))
    assert "X-Robots-Tag" not in first.headers
    older = re.findall(r'rel="next" href="([^"]+)"', first.content.decode())
    assert client.get(older[0])["X-Robots-Tag"] == "noindex"


def test_a_wrong_slug_leads_to_the_right_one(client: Client, speaker: Claimant) -> None:
    factories.published_claim(claimant=speaker)
    for wrong in ("", "wrong/"):
        response = client.get(f"/claimants/{speaker.public_id}/{wrong}?after=")
        location = f"{page_path(speaker)}?after="
        assert (response.status_code, response["Location"]) == (301, location)


def test_both_lists_go_on_page_by_page(client: Client, speaker: Claimant) -> None:
    for _ in range(21):
        factories.published_claim(claimant=speaker)
        voiced(speaker)
    page = html(client, page_path(speaker))
    older = re.findall(r'rel="next" href="([^"]+)"', page)
    assert [link.split("?")[1].split("=")[0] for link in older] == ["after", "voiced_after"]
    for link in older:
        assert len(re.findall("item__claim", html(client, link))) == 21


@pytest.mark.parametrize("name", ["after", "voiced_after"])
def test_a_cursor_that_names_no_place_is_refused(client, speaker, name: str) -> None:
    factories.published_claim(claimant=speaker)
    assert name in html(client, f"{page_path(speaker)}?{name}=x", 400)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_claimant_page_costs_eight_queries(
    client, speaker, editor, django_assert_num_queries, rows
) -> None:
    for _ in range(rows):
        factories.published_claim(claimant=speaker)
        voiced(speaker)
        workflow.add_affiliation(speaker, role=f"Clerk {_}", by=editor)
    # 1 the claimant, 2 who is the same, 3 the counts by status, 4 their claims with summaries, 5 the claims of
    # others they speak of, with documents, 6 when claims were said, 7 whether a name was erased, 8 their roles
    with django_assert_num_queries(8):
        html(client, page_path(speaker))


def test_a_place_that_was_withdrawn_says_so(client, speaker, editor) -> None:
    claim = voiced(speaker)
    workflow.withdraw_appearance(claim.appearances.get(), reason="A namesake.", by=editor)
    assert re.search(r"Withdrawn on .*: A namesake\.", words(html(client, page_path(speaker))))


def test_wikidata_says_who_they_are_once_the_desk_does(client, speaker, reviewer) -> None:
    factories.published_claim(claimant=speaker)
    before = client.get(page_path(speaker))
    assert "wikidata" not in before.content.decode().lower()
    workflow.link_claimant(speaker, wikidata="Q4115189", by=reviewer)
    page = html(client, page_path(speaker))
    address = "https://www.wikidata.org/wiki/Q4115189"
    assert f'<a href="{address}" rel="nofollow noopener">Wikidata</a>' in page
    known = {"If-None-Match": before["ETag"]}
    assert client.get(page_path(speaker), headers=known).status_code == 200
