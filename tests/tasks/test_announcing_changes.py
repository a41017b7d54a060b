"""A cache hears what no act on a claim changed: the method, a topic's name, and who a claimant is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from claims import workflow
from claims.models import BackgroundTask, Claim, User
from claims.tasks import announcing
from tests import factories
from tests.public.pages import document, path_of
from tests.tasks.listening import Listener

pytestmark = pytest.mark.django_db
Work = Callable[[], list[BackgroundTask]]


def told(cache: Listener, what: str) -> set[str]:
    """Return all that a cache was told since it listens."""
    said: list[dict[str, Any]] = [json.loads(body) for _, body in cache.heard]
    return {one for message in said for one in message[what]}


def in_both(*paths: str) -> set[str]:
    return {*paths, *(f"/de{path}" for path in paths)}


def energy(by: User, *claims: Claim) -> Any:
    topic = workflow.record_topic(name="Energy", by=by)
    for claim in claims:
        workflow.file_claim(claim, topics=[topic], by=by)
    return topic


def test_of_a_new_version_of_the_method(cache: Listener, editor: User, work: Work) -> None:
    factories.method(by=editor)
    work()
    cache.heard.clear()
    workflow.publish_method(body="Anew.", checklist=[], reason="Clearer.", after=2, by=editor)
    (done,) = work()
    assert (done.status, done.short_name) == ("SUCCESSFUL", "tell_cache_of_method")
    assert cache.heard[-1][0]["Authorization"] == "Bearer open sesame"
    pages = ("/method/", "/method/versions/2/", "/method/versions/3/")
    assert told(cache, "paths") == in_both(*pages)
    assert told(cache, "keys") == {"lists"}


def test_the_pages_it_names_carry_the_name_it_gives(client: Any, editor: User) -> None:
    factories.method(by=editor)
    for path in ("/method/", "/method/versions/1/", "/topics/"):
        assert client.get(path)["Cache-Tag"] == "lists"


def test_of_a_renamed_topic_and_all_claims_that_show_its_name(
    cache: Listener, editor: User, work: Work
) -> None:
    filed, other = factories.published_claim(), factories.published_claim()
    topic = energy(editor, filed, factories.ClaimFactory())
    work()
    cache.heard.clear()
    workflow.change_topic(topic, name="Power", recheck_days=None, by=editor)
    work()
    pages = in_both("/topics/energy/", "/topics/", "/claims/", path_of(filed))
    assert pages <= told(cache, "paths")
    assert path_of(other) not in told(cache, "paths")
    assert told(cache, "keys") == {"lists", f"claim-{filed.public_id}"}


def test_what_readers_do_not_see_of_a_topic_is_told_nobody(
    cache: Listener, editor: User, published: Claim, work: Work
) -> None:
    topic = energy(editor, published)
    work()
    workflow.change_topic(topic, name="Energy", recheck_days=30, by=editor)
    assert work() == []


def test_an_act_is_told_of_the_pages_of_its_topics(
    cache: Listener, editor: User, published: Claim, work: Work
) -> None:
    energy(editor, published)
    factories.EvidenceFactory(claim=published)
    work()
    assert in_both("/topics/energy/") <= told(cache, "paths")


def test_much_is_told_in_several_messages(
    cache: Listener, editor: User, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 4)
    claims = [factories.published_claim() for _ in range(6)]
    topic = energy(editor, *claims)
    work()
    cache.heard.clear()
    workflow.change_topic(topic, name="Power", recheck_days=None, by=editor)
    work()
    assert max(len(json.loads(body)["paths"]) for _, body in cache.heard) == 8
    assert {path_of(claim) for claim in claims} <= told(cache, "paths")


@pytest.mark.parametrize("claims", [1, 20])
def test_it_is_found_out_in_a_fixed_number_of_queries(
    cache: Listener, editor: User, django_assert_num_queries: DjangoAssertNumQueries, claims: int
) -> None:
    topic = energy(editor, *(factories.published_claim() for _ in range(claims)))
    with django_assert_num_queries(2):  # the topic; the claims with what lists show of them
        announcing.tell_cache_of_topic.func(topic.pk)


def test_what_was_rolled_back_or_has_no_address_is_told_nobody(
    editor: User, cache: Listener, settings: Any, work: Work
) -> None:
    with transaction.atomic():
        factories.method(by=editor)
        assert BackgroundTask.objects.count() == 1
        transaction.set_rollback(True)
    assert work() == []
    settings.FACTCHECK_PURGE_URL = ""
    factories.method(by=editor)
    assert work() == []


def test_of_a_claimant_who_is_linked_and_all_their_claims(
    cache: Listener, editor: User, work: Work
) -> None:
    miller = factories.ClaimantFactory(name="Matthew Miller")
    claim = factories.published_claim(claimant=miller)
    factories.ClaimFactory(claimant=miller)
    work()
    cache.heard.clear()
    workflow.link_claimant(miller, wikidata="Q4115189", by=editor)
    (done,) = work()
    assert done.short_name == "tell_cache_of_claimant"
    page = document(claim)["claimant"]["html_url"]
    assert told(cache, "paths") == in_both(page, path_of(claim))
    assert told(cache, "keys") == {f"claimant-{miller.public_id}", f"claim-{claim.public_id}"}


def test_of_claimants_who_were_merged(cache: Listener, editor: User, work: Work) -> None:
    parties = [factories.ClaimantFactory() for _ in range(2)]
    claims = [factories.published_claim(claimant=one) for one in parties]
    work()
    cache.heard.clear()
    workflow.merge_claimants(parties[0], into=parties[1], reason="One person.", by=editor)
    work()
    pages = [document(claim)["claimant"]["html_url"] for claim in claims]
    assert told(cache, "paths") == in_both(*pages, *map(path_of, claims))


def test_of_a_claimant_whose_name_was_erased(
    cache: Listener, published: Claim, editor: User, second_editor: User, work: Work
) -> None:
    claimant = factories.ClaimantFactory(name="Somebody")
    claim = factories.published_claim(claimant=claimant)
    request = workflow.propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.claimant_name"],
        reason="data_protection",  # type: ignore[arg-type]
        by=editor,
    )
    work()
    cache.heard.clear()
    workflow.redact_text(request, by=second_editor)
    work()
    assert f"claimant-{claimant.public_id}" in told(cache, "keys")
    assert not any("somebody" in path for path in told(cache, "paths"))
