"""What holds on every page of the desk: signing in, CSRF, no act on GET, nothing typed comes alive."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError
from django.test import Client

from claims import workflow
from claims.models import Article, Claim, HistoryEntry, Review, User
from claims.vocabulary import Role, Stance, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.scene_parties import known_as
from tests.admin.seeing import seen, submit, text_of
from tests.workflow.fetching_of import read_reading
from tests.workflow.scene_parties import Parties

VERB_PAGES = [
    "claim/{claim}/add-evidence",
    "claim/{claim}/read-source",
    "claim/{claim}/reading/{reading}/add",
    "claim/{claim}/reword",
    "claim/{claim}/void",
    "claim/{claim}/merge",
    "claim/{claim}/open-review",
    "claim/{claim}/evidence/2/withdraw",
    "claim/{claim}/appearance/4/take-back",
    "claim/{claim}/discard",
    "claim/{claim}/override",
    "claim/{claim}/contact",
    "claim/{claim}/entry/1/redact",
    "claimant/{claimant}/add-name",
    "claimant/{claimant}/add-affiliation",
    "claimant/{claimant}/link",
    "claimant/{claimant}/merge",
    "claimant/name/{name}/withdraw-name",
    "claimant/affiliation/{affiliation}/end-affiliation",
    "claimant/affiliation/{affiliation}/withdraw-affiliation",
    "review/{review}/assign",
    "review/{review}/propose",
    "review/{review}/approve",
    "review/{review}/return",
    "review/{review}/close",
    "review/{review}/note",
    "review/{review}/second-rating",
    "review/{review}/rate",
    "article/new",
    "article/{article}/accept",
    "article/{article}/appearance",
]
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "[x](javascript:alert(1))",
    "{{1234*4321}} {% debug %} %s %(x)s",
    "\u202etxt.exe\u202c zero\u200bwidth",
]


# Scripts and pictures that are not our own.
ALIVE = re.compile(
    r"<script(?! type=\"module\" src=\"/static/claims/)"
    r"|<svg(?! role=\"img\"| class=\"(?:swatch|status__mark|timeline__picture)\"| [xy]=\"[\d.]+%?\" )"
    r"|<img|<math|<style|javascript:[^)]*\""
)


def body(source: str) -> str:
    """Return what a page shows; its head holds our own style sheets and nothing typed but the title."""
    return source.split("</head>")[1]


@pytest.fixture
def pages(review: Review, article: Article) -> list[str]:
    """The address of every page that uses a verb."""
    found = factories.appearance_draft(article, "the old bridge is safe")
    workflow.add_appearance(review.claim, found, by=factories.person(Role.CONTRIBUTOR))
    reading = read_reading(review.claim, factories.person(Role.CONTRIBUTOR))
    party = Parties()
    keys = {
        "claimant": party.claimant.pk,
        "name": party.alias.pk,
        "affiliation": party.affiliation.pk,
        "claim": review.claim_id,
        "review": review.pk,
        "article": article.pk,
        "reading": reading.pk,
    }
    return [f"/admin/claims/{page.format(**keys)}/" for page in VERB_PAGES]


def test_every_page_asks_who_is_there(client: Client, pages: list[str]) -> None:
    for url in pages:
        assert client.get(url)["Location"] == f"/admin/login/?next={url}"
        assert client.post(url)["Location"] == f"/admin/login/?next={url}"


def test_every_page_refuses_somebody_without_the_verb(sign_in: SignIn, pages: list[str]) -> None:
    stranger = sign_in(factories.UserFactory(is_staff=True))
    for url in pages:
        assert stranger.get(url).status_code == 403
        assert stranger.post(url, {"seen": "1"}).status_code == 403


def test_every_page_refuses_a_form_without_its_token(boss: User, pages: list[str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(boss)
    for url in pages:
        assert client.post(url, {"seen": "1"}).status_code == 403


def test_looking_at_every_page_changes_nothing(
    sign_in: SignIn, boss: User, pages: list[str]
) -> None:
    client = sign_in(boss)
    before = HistoryEntry.objects.count(), set(Review.objects.values_list("state"))
    for url in pages:
        assert client.get(url).status_code in (200, 302)
    assert (HistoryEntry.objects.count(), set(Review.objects.values_list("state"))) == before


def test_no_page_knows_another_method(sign_in: SignIn, boss: User, pages: list[str]) -> None:
    client = sign_in(boss)
    for url in pages:
        assert client.put(url).status_code == 405
        assert client.delete(url).status_code == 405


def test_an_empty_form_is_never_an_error_of_the_server(
    sign_in: SignIn, boss: User, pages: list[str]
) -> None:
    client = sign_in(boss)
    for url in pages:
        assert client.post(url, {}).status_code == 200


def test_what_is_wrong_is_summed_up_with_the_way_to_each_field(
    sign_in: SignIn, boss: User, claim: Claim
) -> None:
    page = sign_in(boss).post(f"/admin/claims/claim/{claim.pk}/add-evidence/", {"title": "a\0b"})
    source = page.content.decode()
    summary = source.partition('role="alert" tabindex="-1" autofocus>')[2].partition("</div>")[0]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert links == ["id_stance_0", "id_kind", "id_title"]
    for target in links:
        assert f'id="{target}"' in source


@pytest.mark.parametrize(
    "url",
    [
        "/admin/claims/claim/999999/reword/",
        "/admin/claims/review/999999/approve/",
        "/admin/claims/article/999999/accept/",
        "/admin/claims/claim/99999999999999999999999/reword/",
    ],
)
def test_a_page_about_nothing_is_not_found(sign_in: SignIn, boss: User, url: str) -> None:
    assert sign_in(boss).get(url).status_code == 404


@pytest.mark.parametrize("error", [workflow.RuleBroken("Too late."), IntegrityError("unique")])
def test_a_race_lost_inside_the_verb_is_said_and_nothing_typed_is_lost(
    sign_in: SignIn, reviewer: User, claim: Claim, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    client = sign_in(reviewer)
    url = f"/admin/claims/claim/{claim.pk}/open-review/"
    token = seen(client, url)

    def too_late(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("claims.workflow.open_review", too_late)
    page = client.post(url, {"reason": "new_claim", "note": "A long note.", "seen": token})
    assert page.status_code == 200
    assert "Too late." in text_of(page) or "Somebody else did the same" in text_of(page)
    assert page.context["form"]["note"].value() == "A long note."


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_typed_comes_alive_anywhere(
    sign_in: SignIn, boss: User, reviewer: User, second_reviewer: User, hostile: str
) -> None:
    article = factories.ArticleFactory(
        title=hostile, text=f"The mayor said {hostile} is safe.", publisher_name=hostile
    )
    claimant = factories.ClaimantFactory(name=hostile, role=hostile)
    draft = factories.appearance_draft(article, "is safe", cue=hostile, speaker=claimant)
    claim = factories.ClaimFactory(wording=hostile, claimant=claimant, appearance=draft)
    factories.EvidenceFactory(
        claim=claim, stance=Stance.REFUTES, title=hostile, excerpt=hostile, note=hostile
    )
    texts = {"rationale": hostile, "known": hostile, "would_settle": hostile}
    review = factories.proposed_review(
        claim, VerificationStatus.DISPUTED, proposer=reviewer, **texts
    )
    known_as(claimant, hostile, boss)
    client = sign_in(boss)
    for url in (
        f"/admin/claims/claimant/{claimant.pk}/change/",
        f"/admin/claims/claimant/{claimant.pk}/merge/",
        "/admin/",
        "/admin/claims/claim/",
        f"/admin/claims/claim/{claim.pk}/change/",
        f"/admin/claims/claim/{claim.pk}/reword/",
        f"/admin/claims/claim/{claim.pk}/evidence/2/withdraw/",
        f"/admin/claims/article/{article.pk}/change/",
        f"/admin/claims/article/{article.pk}/accept/",
        f"/admin/claims/review/{review.pk}/approve/",
        f"/admin/claims/review/{review.pk}/return/",
        f"/admin/claims/review/{review.pk}/preview/",
        "/admin/claims/evidence/",
        "/admin/claims/claimant/",
    ):
        page = client.get(url)
        source = page.content.decode()
        assert page.status_code == 200
        assert hostile in text_of(page) or "<" in hostile or url.endswith("/accept/")
        assert not ALIVE.search(body(source)), url
        assert "5332114" not in source


def test_a_hostile_reason_comes_back_inert(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    page = submit(
        sign_in(reviewer),
        f"/admin/claims/claim/{claim.pk}/open-review/",
        reason="</option><script>alert(1)</script>",
        note="</textarea><script>alert(1)</script>",
    )
    assert "<script>" not in page.content.decode()


def test_logging_in_never_leads_to_another_site(client: Client, db: None) -> None:
    User.objects.create_user("rita", password="a-long-word-9", is_staff=True)
    fields = {"username": "rita", "password": "a-long-word-9"}
    for target in (
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
    ):
        answer = client.post(f"/admin/login/?next={target}", fields | {"next": target})
        assert "evil" not in answer["Location"]
        assert "javascript" not in answer["Location"]
        client.logout()


def test_a_wrong_password_is_refused_in_words(client: Client, db: None) -> None:
    page = client.post("/admin/login/", {"username": "rita", "password": "wrong"})
    assert "correct username and password" in text_of(page)


def test_a_person_changes_their_own_password(sign_in: SignIn, db: None) -> None:
    person = User.objects.create_user("rita", password="a-long-word-9", is_staff=True)
    words = {"new_password1": "another-word-10", "new_password2": "another-word-10"}
    client = sign_in(person)
    assert client.get("/admin/password_change/").status_code == 200
    page = client.post(
        "/admin/password_change/", {"old_password": "a-long-word-9", **words}, follow=True
    )
    assert "Your password was changed." in text_of(page)


def test_logging_out_needs_a_post(sign_in: SignIn, reviewer: User) -> None:
    client = sign_in(reviewer)
    assert client.get("/admin/logout/").status_code == 405
    assert "You are logged out" in text_of(client.post("/admin/logout/"))


def test_what_was_done_here_is_listed(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    client = sign_in(reviewer)
    url = f"/admin/claims/claim/{claim.pk}/history/"
    assert "Nothing was done here" in text_of(client.get(url))
    submit(client, f"/admin/claims/claim/{claim.pk}/open-review/", reason="new_claim")
    assert "Review opened." in text_of(client.get(url))


def test_there_is_one_index(sign_in: SignIn, boss: User) -> None:
    assert sign_in(boss).get("/admin/claims/")["Location"] == "/admin/"


def test_every_answer_carries_the_strict_policy(
    sign_in: SignIn, boss: User, pages: list[str]
) -> None:
    client = sign_in(boss)
    for url in [*pages, "/admin/", "/admin/claims/user/add/"]:
        page = client.get(url)
        assert "script-src 'self'" in page["Content-Security-Policy"]
        assert not re.search(
            r"<style|<script(?! type=\"module\" src=)|\sstyle=|\son\w+=", page.content.decode()
        ), url
