"""The desk speaks the newsroom's language: no page says anything that no translator can reach.

Every catalogue entry comes out marked and every datum is Greek, so that Latin letters outside the marks are
words somebody wrote into the code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import trans_real

from claims import workflow
from claims.desk_vocabulary import Event
from claims.hosts import host_of
from claims.models import (
    Affiliation,
    ApiKey,
    ArticleIntake,
    BackgroundTask,
    ChecklistItem,
    Claim,
    ClaimantAlias,
    ClaimRelation,
    Delivery,
    MethodVersion,
    Notice,
    PreviewLink,
    Review,
    SavedFilter,
    Snapshot,
    SourceReading,
    User,
)
from claims.vocabulary import ClaimantKind, Role
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.scene import DOMAIN, Scene, everything, statements
from tests.admin.seeing import shown_in, submit
from tests.pseudo import LANGUAGE, Pseudo, bare_words

KEYS = ("pk", "object_id", "id")
NUMBERS = range(1, 9)
OTHERWISE: dict[str, type[Model]] = {
    "auth_user_password_change": User,
    "delete_filter": SavedFilter,
    "notices_open": Notice,
    "claims_claimant_withdraw-name": ClaimantAlias,
    "claims_claimant_end-affiliation": Affiliation,
    "claims_claimant_withdraw-affiliation": Affiliation,
    "presence": Claim,
    "presence_end": Claim,
    "claims_article_check": ArticleIntake,
    "claims_article_paste": ArticleIntake,
    "claims_article_again": ArticleIntake,
    "claims_article_discard": ArticleIntake,
    "claims_article_progress": ArticleIntake,
}
# Those that only lead elsewhere, those of Django's that the desk does not show, and the readers' own page.
NO_PAGES = {
    None,
    "claims_review_preview",
    "login",
    "notices_open",
    "logout",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
}
# What pages are asked about in the query of their address.
ASKING: dict[str | None, Callable[[], str]] = {
    "claims_review_plan": lambda: f"?review={Review.objects.values_list('pk', flat=True)[0]}",
}
STOCK = ("_add", "_change", "_history")


@pytest.fixture
def scene(db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """One of everything, on a desk that speaks the marked language."""
    monkeypatch.setattr("claims.admin.statements.suggest", statements)
    made = everything()
    settings.FACTCHECK_REGISTER_NAME = "Μητρώο"
    settings.LANGUAGE_CODE = LANGUAGE
    catalogues: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]
    monkeypatch.setitem(catalogues, LANGUAGE, Pseudo(LANGUAGE))
    MethodVersion.objects.update(body="Μέθοδος", reason="Λόγος")
    ChecklistItem.objects.update(text="Έλεγχος")
    return made


def patterns(found: list[Any]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def model_of(name: str) -> type[Model]:
    """Return what a page's key is a key of, read from the page's name: claims_review_approve."""
    if name in OTHERWISE:
        return OTHERWISE[name]
    app, _, rest = name.partition("_")
    assert app == "claims", f"say in OTHERWISE what the key of {name} is a key of"
    return apps.get_model(app, rest.partition("_")[0])


def addresses(pattern: URLPattern) -> list[str]:
    """Return a page's addresses for everything in the scene it can be about."""
    values: dict[str, list[Any]] = {}
    for name in pattern.pattern.converters:
        if name in KEYS:
            rows = model_of(str(pattern.name))._default_manager
            values[name] = list(rows.values_list("pk", flat=True))
        elif name == "number" and "reading" in str(pattern.name):
            values[name] = list(SourceReading.objects.values_list("pk", flat=True))
        elif name == "number" and pattern.name == "claims_review_revoke":
            values[name] = list(PreviewLink.objects.values_list("pk", flat=True))
        elif name == "number" and "relation" in str(pattern.name):
            values[name] = list(ClaimRelation.objects.values_list("pk", flat=True))
        elif name == "number":
            values[name] = list(NUMBERS)
        elif name == "sha256":
            values[name] = list(Snapshot.objects.values_list("sha256", flat=True))
        else:
            pytest.fail(f"say what “{name}” in the address of {pattern.name} stands for")
    chosen = [dict(zip(values, each, strict=True)) for each in product(*values.values())]
    query = ASKING[pattern.name]() if pattern.name in ASKING else ""
    return [reverse(f"admin:{pattern.name}", kwargs=kwargs) + query for kwargs in chosen]


def known_data() -> frozenset[str]:
    """Return what stands on pages as it is in any language: public ids and host names."""
    tasks: list[Any] = list(BackgroundTask.objects.all())
    ids = {host_of(f"//{DOMAIN}")}
    ids |= {text for one in tasks for text in (one.task_path, one.short_name, str(one.pk))}
    ids |= set(Snapshot.objects.values_list("filename", flat=True))
    for model in apps.get_app_config("claims").get_models():
        if any(field.name == "public_id" for field in model._meta.fields):
            ids |= set(model._base_manager.values_list("public_id", flat=True))
    ids |= {f"{key.beginning}_" for key in ApiKey.objects.all()} | {event.value for event in Event}
    ids |= {str(message) for message in Delivery.objects.all()}
    digests = Snapshot.objects.values_list("sha256", flat=True)
    ids |= set(Snapshot.objects.values_list("filename", flat=True))
    return frozenset(ids | {part for one in digests for part in (one, f"{one[:16]}…")})


def is_shown(page: Any) -> bool:
    """Whether an answer is a page for people."""
    kind: str = page.headers["Content-Type"]
    return page.status_code == 200 and kind.startswith("text/html")


def shown_at(client: Client, url: str) -> Iterator[Any]:
    """Yield a page, and what it answers to its own form sent too late: empty, then filled in with nonsense."""
    page = client.get(url)
    yield page
    if is_shown(page) and b'name="seen"' in page.content:
        yield client.post(url, {"seen": "1"})
        yield client.post(url, {"seen": "1", "kind": "ανοησίες", "reason": "ανοησίες"})


def wrong_at(client: Client, url: str, data: frozenset[str]) -> tuple[bool, list[str]]:
    """Return whether an address shows a page, and the bare words of all it shows."""
    bare, shows = [], False
    for page in shown_at(client, url):
        assert page.status_code < 500, url
        if page.status_code in (200, 405):  # 405: nothing but a target for forms and scripts
            shows = True
        if is_shown(page):
            bare += bare_words(page.content.decode(), data)
    return shows, bare


def test_every_page_of_the_desk_can_be_translated(scene: Scene, sign_in: SignIn) -> None:
    client, data = sign_in(scene.boss), known_data()
    wrong: dict[str, list[str]] = {}
    unseen = []
    for pattern in patterns(admin.site.get_urls()):
        if pattern.name in NO_PAGES or str(pattern.name).endswith("_delete"):
            continue
        shown = False
        for url in addresses(pattern):
            with transaction.atomic():
                shows, bare = wrong_at(client, url, data)
                transaction.set_rollback(True)  # the next page finds everything as it was
            shown = shown or shows
            if bare:
                wrong[url] = sorted(set(bare))
        if not shown and not str(pattern.name).endswith(STOCK):
            unseen.append(pattern.name)
    assert not wrong, "\n".join(f"{url}: {words}" for url, words in wrong.items())
    assert unseen == [], "the scene lacks what these pages are about"


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, None])
def test_every_role_is_greeted_in_its_language(
    scene: Scene, sign_in: SignIn, role: Role | None
) -> None:
    person = factories.UserFactory(role=role, username="νίκος", public_name="Νίκος")
    page = sign_in(person).get("/admin/")
    assert bare_words(page.content.decode(), known_data()) == []


def test_pages_outside_the_desk_are_translated_too(scene: Scene, client: Client) -> None:
    pages = [
        client.get("/admin/login/"),
        client.post("/admin/login/", {"username": "αρχή", "password": "λάθος"}),
    ]
    client.force_login(scene.boss)
    pages += [client.post("/admin/logout/")]
    url = reverse("admin:claims_claim_reword", args=[scene.last.pk])
    pages += [client.post(url, {"seen": "1", "wording": "Λέξεις", "claimant_name": "Όνομα"})]
    assert [page.status_code for page in pages] == [200, 200, 200, 403]
    for page in pages:
        assert bare_words(page.content.decode(), known_data()) == []


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x1f\x8bhalf", b" "])
def test_why_a_file_cannot_be_read_is_told_in_the_language_of_the_desk(
    scene: Scene, sign_in: SignIn, data: bytes
) -> None:
    client = sign_in(scene.boss)
    upload = SimpleUploadedFile("α.pdf", data)
    page = client.post("/admin/claims/article/new/", {"file": upload, "licence": "quotes_only"})
    assert page.context["form"].errors
    assert bare_words(page.content.decode(), known_data()) == []


def test_what_happened_meanwhile_is_told_in_the_language_of_the_desk(
    scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(scene.boss)
    url = reverse("admin:claims_claim_reword", args=[scene.last.pk])
    fields = {"wording": "Λέξεις", "kind": "fact", "claimant": "keep", "reason": "Γιατί"}
    page = client.post(url, {"seen": "1", **fields})
    assert page.context["news"]
    assert bare_words(page.content.decode(), known_data()) == []


def test_the_log_keeps_what_was_said_and_tells_it_in_the_language_of_the_desk(
    scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(scene.boss)
    submit(
        client, reverse("admin:claims_claim_open-review", args=[scene.last.pk]), reason="new_claim"
    )
    assert LogEntry.objects.latest("pk").change_message == "Review opened."
    page = client.get(reverse("admin:claims_claim_history", args=[scene.last.pk]))
    assert "⟦Review opened.⟧" in page.content.decode()
    assert bare_words(page.content.decode(), known_data()) == []


def test_what_a_merger_comes_to_is_told_in_the_language_of_the_desk(
    scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(scene.boss)
    claims = list(Claim.objects.all())
    doubles = [
        pair
        for step in range(3)
        for pair in zip(claims, claims[step:] + claims[:step], strict=True)
    ]
    by = scene.rita
    last = workflow.record_claimant(name="Κανείς", kind=ClaimantKind.PERSON, by=by)
    pairs: list[tuple[Any, Any]] = [*doubles, (scene.mayor, last), (last, scene.mayor)]
    shown = 0
    for ending, lasting in pairs:
        url = reverse(f"admin:claims_{ending._meta.model_name}_merge", args=[ending.pk])
        page = client.post(url, {"into": lasting.public_id, "reason": "Ίδιο."})
        shown += bool(shown_in(page))
        assert bare_words(page.content.decode(), known_data()) == [], url
    assert shown > 2
