"""Every role at every address of the desk: who may not is told so, nobody is answered 5xx, and looking writes nothing.

The addresses are read off the live desk: one that is new and says nothing of who may use it fails here by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import URLPattern

from claims.models import ROLE_VERBS, User
from claims.vocabulary import Role, Verb
from tests import factories
from tests.admin.scene import everything
from tests.admin.test_translation import addresses, patterns

Predicate = Callable[[User], bool]
ADDRESSES_OF_A_PAGE = 2
NOBODY, OUTSIDER, BOSS = "nobody", "somebody without a role", "superuser"
OPEN_TO_ALL = {"login", "logout", "jsi18n"}


def everybody(person: User) -> bool:
    """On the desk, that is."""
    return person.is_staff


def nobody(person: User) -> bool:
    """Verbs and nothing else change what these are about."""
    return False


def having(permission: str) -> Predicate:
    return lambda person: person.has_perm(f"claims.{permission}")


def any_of(*verbs: Verb) -> Predicate:
    return lambda person: any(person.has_perm(f"claims.{verb}") for verb in verbs)


# What is neither a list, a page of a verb nor a stock page of a model, and who may use it.
OTHERS: dict[str, Predicate] = {
    "index": everybody,
    "autocomplete": nobody,  # no form of the desk asks it anything
    "password_change": everybody,
    "password_change_done": everybody,
    "notices": everybody,
    "notices_count": everybody,
    "notices_read": everybody,
    "notices_choices": everybody,
    "notices_open": everybody,
    "drafts": everybody,
    "drafts_discard": everybody,
    "presence": having("view_claim"),
    "presence_end": having("view_claim"),
    "activity": everybody,
    "exports": having("view_claim"),
    "exports_progress": having("view_claim"),
    "palette": everybody,
    "search": everybody,
    "activity_csv": everybody,
    "claims_article_progress": any_of(Verb.RECORD_ARTICLE),
    "claims_importrun_progress": having(Verb.IMPORT_VERDICT),
    "claims_importrun_csv": having("view_importrun"),
    "claims_importrun_json": having("view_importrun"),
    "claims_review_plan": any_of(Verb.ASSIGN_REVIEW, Verb.PRIORITISE_REVIEW, Verb.SCHEDULE_REVIEW),
    "claims_review_preview": having(Verb.APPROVE_VERDICT),
    "claims_review_stale": having("view_claim"),
    "claims_article_claimed_before": having(Verb.RECORD_CLAIM),
    "claims_claimant_named": having("view_claimant"),
    "claims_publisher_named": having("view_publisher"),
    "claims_snapshot_download": having("view_snapshot"),
    "claims_review_people": having("view_review"),
    "claims_claim_reading": having(Verb.ADD_EVIDENCE),
    "claims_claim_reading-state": having(Verb.ADD_EVIDENCE),
    "save_filter": everybody,
    "delete_filter": everybody,
    "auth_user_password_change": having("change_user"),
}
# Named after the rest of their address, whatever its model.
STOCK: dict[str, Callable[[str], Predicate]] = {
    "_changelist": lambda model: having(f"view_{model}"),
    "_change": lambda model: having(f"view_{model}"),
    "_history": lambda model: having(f"view_{model}"),
    "_add": lambda model: having("add_user") if model == "user" else nobody,
    "_delete": lambda model: nobody,
}


def who_may(pattern: URLPattern) -> Predicate:
    """Return who may use an address; an address that does not say fails the test."""
    name = str(pattern.name)
    verb = getattr(pattern.callback, "verb", None)
    if verb is not None:
        return having(verb)
    if name in OTHERS:
        return OTHERS[name]
    for ending, predicate in STOCK.items():
        if name.endswith(ending):
            return predicate(name.removeprefix("claims_").removesuffix(ending))
    pytest.fail(f"{name} does not say who may use it: give its page a verb, or name it in OTHERS")


# Of what belongs to others, these do not even say that it is there.
HIDING = {
    "claims_conflictofinterest_end",
    "claims_conflictofinterest_history",
    "claims_apikey_rotate",
    "claims_apikey_revoke",
    "claims_apikey_history",
}
HIDDEN = (302, 404)


def live() -> Iterator[tuple[URLPattern, str]]:
    """Yield the addresses of the desk, for each page of the first few things it can be about."""
    for pattern in patterns(admin.site.get_urls()):
        if pattern.name in OPEN_TO_ALL or pattern.name in ("view_on_site", "app_list", None):
            continue
        for url in addresses(pattern)[:ADDRESSES_OF_A_PAGE]:
            yield pattern, url


def person_of(who: str, boss: User) -> User | None:
    if who == NOBODY:
        return None
    if who == BOSS:
        return boss
    role = None if who == OUTSIDER else Role(who)
    made = factories.UserFactory(role=role, username="νίκη", public_name="Νίκη")
    return User.objects.get(pk=made.pk)


def rows() -> dict[str, int]:
    """Return how many rows each table of the register and the desk's log have."""
    models: list[Any] = [*apps.get_app_config("claims").get_models(), LogEntry]
    return {model.__name__: model._base_manager.count() for model in models}


def wrong_answer(answer: Any, *, allowed: bool, signed_in: bool) -> bool:
    """Whether an answer is not what this person should get."""
    if answer.status_code >= 500:
        return True
    if not signed_in:
        return answer.status_code != 405 and "/admin/login/" not in answer.get("Location", "")
    return allowed == (answer.status_code == 403) and (allowed or answer.status_code != 405)


@pytest.mark.parametrize("who", [NOBODY, OUTSIDER, *Role.values, BOSS])
def test_who_may_not_is_told_so_and_looking_writes_nothing(
    who: str, db: None, settings: LazySettings
) -> None:
    settings.FACTCHECK_REGISTER_NAME = "Μητρώο"
    person, client = person_of(who, everything().boss), Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    pages = list(live())
    before, wrong = rows(), {}
    for pattern, url in pages:
        allowed = person is not None and who_may(pattern)(person)
        answer = client.get(url)
        if not allowed and pattern.name in HIDING and answer.status_code in HIDDEN:
            continue
        if wrong_answer(answer, allowed=allowed, signed_in=person is not None):
            wrong[f"GET {url}"] = answer.status_code
    assert rows() == before
    for pattern, url in pages:
        if person is None or not who_may(pattern)(person):
            answer = client.post(url)
            if pattern.name in HIDING and answer.status_code in HIDDEN:
                continue
            if wrong_answer(answer, allowed=False, signed_in=person is not None):
                wrong[f"POST {url}"] = answer.status_code
    assert wrong == {}
    assert rows() == before


def test_each_role_is_here(db: None) -> None:
    assert set(ROLE_VERBS) == set(Role)
