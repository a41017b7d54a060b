"""Lawful erasure on the desk: one editor asks, another carries it out."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.admin.cells import when
from claims.models import Claim, RedactionRequest, User
from claims.vocabulary import Act, RedactionReason
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, submit, text_of


@pytest.fixture
def ask(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/entry/1/redact/"


@pytest.fixture
def request_to_erase(claim: Claim, editor: User) -> RedactionRequest:
    return workflow.propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.text"],
        reason=RedactionReason.COURT_ORDER,
        by=editor,
    )


def carry_out(request: RedactionRequest) -> str:
    return f"/admin/claims/redactionrequest/{request.pk}/carry-out/"


def test_an_editor_asks_for_named_values(
    sign_in: SignIn, editor: User, claim: Claim, ask: str
) -> None:
    client = sign_in(editor)
    assert claim.wording in text_of(client.get(ask))
    submit(client, ask, fields_to_erase=["wording.text"], reason="court_order")
    assert RedactionRequest.objects.get().field_names == ["wording.text"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"fields_to_erase": ["wording.secret"], "reason": "court_order"}, "fields_to_erase"),
        ({"fields_to_erase": [], "reason": "court_order"}, "fields_to_erase"),
        ({"fields_to_erase": ["wording.text"], "reason": "I want it"}, "reason"),
    ],
)
def test_a_request_names_known_values_and_a_ground(
    sign_in: SignIn, editor: User, ask: str, fields: dict[str, object], wrong: str
) -> None:
    page = submit(sign_in(editor), ask, **fields)
    assert wrong in page.context["form"].errors
    assert not RedactionRequest.objects.exists()


def test_a_request_sent_twice_is_one(
    sign_in: SignIn, editor: User, ask: str, request_to_erase: RedactionRequest
) -> None:
    page = submit(sign_in(editor), ask, fields_to_erase=["wording.text"], reason="court_order")
    assert "asked for already" in page.context["form"].errors["fields_to_erase"][0]
    assert RedactionRequest.objects.count() == 1


def test_a_request_that_was_overtaken_waits_for_nobody(
    sign_in: SignIn,
    editor: User,
    second_editor: User,
    claim: Claim,
    request_to_erase: RedactionRequest,
) -> None:
    wider = workflow.propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.text", "by_name"],
        reason=RedactionReason.COURT_ORDER,
        by=second_editor,
    )
    done = submit(sign_in(editor), carry_out(wider), certain="on")
    assert "Erased." in said(done)[0]
    page = sign_in(second_editor).get("/admin/claims/redactionrequest/?done=no")
    assert "Carry out" not in text_of(page)
    assert "Waits for another editor" not in text_of(page)


def test_another_editor_sees_what_goes_and_erases_it(
    sign_in: SignIn, second_editor: User, claim: Claim, request_to_erase: RedactionRequest
) -> None:
    wording = claim.wording
    client = sign_in(second_editor)
    assert carry_out(request_to_erase) in links_in(client.get("/admin/"))
    assert wording in text_of(client.get(carry_out(request_to_erase)))
    page = submit(client, carry_out(request_to_erase), certain="on")
    assert "Erased." in said(page)[0]
    assert wording not in text_of(page)
    assert claim.entries.latest("number").act == Act.TEXT_REDACTED


def test_nothing_is_erased_without_a_yes(
    sign_in: SignIn, second_editor: User, claim: Claim, request_to_erase: RedactionRequest
) -> None:
    page = submit(sign_in(second_editor), carry_out(request_to_erase))
    assert "certain" in page.context["form"].errors
    assert claim.entries.count() == 1


def test_whoever_asked_does_not_carry_it_out(
    sign_in: SignIn, editor: User, claim: Claim, request_to_erase: RedactionRequest
) -> None:
    client = sign_in(editor)
    opened = client.get(carry_out(request_to_erase), follow=True)
    assert "another editor must carry it out" in said(opened)[0]
    sent = client.post(carry_out(request_to_erase), {"certain": "on", "seen": "1"})
    assert sent.status_code == 403
    assert claim.entries.count() == 1


def test_an_erasure_is_carried_out_once(
    sign_in: SignIn, second_editor: User, claim: Claim, request_to_erase: RedactionRequest
) -> None:
    client = sign_in(second_editor)
    submit(client, carry_out(request_to_erase), certain="on")
    again = client.get(carry_out(request_to_erase), follow=True)
    assert said(again) == ["This erasure was carried out already."]


def test_no_copy_of_the_words_stays_in_the_desks_own_log(
    sign_in: SignIn,
    reviewer: User,
    second_editor: User,
    claim: Claim,
    request_to_erase: RedactionRequest,
) -> None:
    from django.contrib.admin.models import LogEntry

    wording = claim.wording
    url = f"/admin/claims/claim/{claim.pk}/open-review/"
    submit(sign_in(reviewer), url, reason="new_claim")
    logged = LogEntry.objects.values_list("object_repr", "change_message")
    assert logged
    assert wording not in str(list(logged))


def test_a_reviewer_may_neither_ask_nor_erase(
    sign_in: SignIn, reviewer: User, ask: str, request_to_erase: RedactionRequest
) -> None:
    client = sign_in(reviewer)
    assert client.get(ask).status_code == 403
    assert client.post(carry_out(request_to_erase), {"certain": "on"}).status_code == 403


def test_the_list_offers_to_carry_out_only_what_a_person_may(
    sign_in: SignIn,
    contributor: User,
    editor: User,
    second_editor: User,
    request_to_erase: RedactionRequest,
) -> None:
    listed = "/admin/claims/redactionrequest/"
    for person, able in ((contributor, False), (editor, False), (second_editor, True)):
        client = sign_in(person)
        page = client.get(listed)
        assert (carry_out(request_to_erase) in links_in(page)) is able
        assert ("Waits for another editor" in text_of(page)) is not able
        row = client.get(f"{listed}{request_to_erase.pk}/change/")["Location"]
        assert (row == carry_out(request_to_erase)) is able


def test_the_list_says_when_it_was_carried_out(
    sign_in: SignIn, second_editor: User, claim: Claim, request_to_erase: RedactionRequest
) -> None:
    workflow.redact_text(request_to_erase, by=second_editor)
    page = sign_in(second_editor).get("/admin/claims/redactionrequest/?done=yes")
    assert when(claim.entries.latest("number").recorded_at) in page.content.decode()
    assert carry_out(request_to_erase) not in links_in(page)


def test_the_history_names_what_was_erased(
    sign_in: SignIn, second_editor: User, claim: Claim, editor: User
) -> None:
    request = workflow.propose_redaction(
        claim.entries.get(number=1), fields=["by_name"], reason=RedactionReason.SAFETY, by=editor
    )
    workflow.redact_text(request, by=second_editor)
    page = sign_in(second_editor).get(f"/admin/claims/claim/{claim.pk}/change/")
    assert "Name of whoever did it" in text_of(page)


@pytest.mark.parametrize(("query", "shown"), [("done=no", True), ("done=yes", False), ("", True)])
def test_the_list_tells_waiting_from_done(
    sign_in: SignIn,
    second_editor: User,
    request_to_erase: RedactionRequest,
    query: str,
    *,
    shown: bool,
) -> None:
    page = sign_in(second_editor).get(f"/admin/claims/redactionrequest/?{query}")
    assert ("Wording, text" in text_of(page)) is shown


@pytest.mark.parametrize("rows", [1, 20])
def test_the_pages_take_a_fixed_number_of_queries(
    sign_in: SignIn, editor: User, second_editor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        claim = factories.ClaimFactory(by=editor)
        request = workflow.propose_redaction(
            claim.entries.get(), fields=["wording.text"], reason=RedactionReason.SAFETY, by=editor
        )
    client = sign_in(second_editor)
    # session, person, their permissions, their groups' permissions; count, page of rows
    with django_assert_num_queries(6):
        client.get("/admin/claims/redactionrequest/")
    # … request with its claim; the entry's wording, appearance, evidence, verdict and contact
    with django_assert_num_queries(10):
        client.get(carry_out(request))
    # … entry with its claim; the entry's wording, appearance, evidence, verdict and contact
    with django_assert_num_queries(10):
        client.get(f"/admin/claims/claim/{claim.pk}/entry/1/redact/")
