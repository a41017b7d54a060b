"""The ledger on the desk: to be looked at, never touched, superusers included."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import workflow
from claims.models import Article, Claim, User
from claims.vocabulary import RedactionReason, Role, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn

LEDGER = ["historyentry", "evidence", "verdict", "wording", "appearance", "article", "claim"]
OTHERS = ["review", "claimant", "publisher", "redactionrequest"]


@pytest.fixture
def everything(article: Article, editor: User) -> Claim:
    """A claim with one row of every kind, each with key 1 or that of its entry."""
    appearance = factories.appearance_draft(article, "old bridge")
    claimant = factories.ClaimantFactory(by=editor)
    claim = factories.ClaimFactory(claimant=claimant, appearance=appearance, by=editor)
    factories.PublisherFactory(by=editor)
    factories.give_verdict(claim, VerificationStatus.CONFIRMED)
    entry = claim.entries.get(number=1)
    workflow.propose_redaction(
        entry, fields=["wording.text"], reason=RedactionReason.SAFETY, by=editor
    )
    return claim


def key_of(model: str, claim: Claim) -> int:
    from django.apps import apps

    row = apps.get_model("claims", model)._default_manager.first()
    assert row is not None
    return int(row.pk)


@pytest.mark.parametrize("model", LEDGER + OTHERS)
@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_nothing_is_added_changed_or_deleted(
    sign_in: SignIn, boss: User, everything: Claim, model: str, page: str
) -> None:
    where = "add" if page == "add" else f"{key_of(model, everything)}/{page}"
    url = f"/admin/claims/{model}/{where}/"
    before = list(everything.entries.values_list("leaf_hash"))
    fields = {"post": "yes", "wording": "Forged.", "status": "confirmed", "title": "Forged"}
    assert sign_in(boss).post(url, fields).status_code == 403
    assert list(everything.entries.values_list("leaf_hash")) == before


@pytest.mark.parametrize("model", LEDGER + OTHERS)
def test_no_list_deletes_or_edits_in_bulk(
    sign_in: SignIn, boss: User, everything: Claim, model: str
) -> None:
    client = sign_in(boss)
    url = f"/admin/claims/{model}/"
    key = key_of(model, everything)
    client.post(
        url,
        {
            "action": "delete_selected",
            "_selected_action": [key],
            "post": "yes",
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": key,
            "form-0-status": "confirmed",
            "_save": "Save",
        },
    )
    assert key_of(model, everything) == key
    assert "form-TOTAL_FORMS" not in client.get(url).content.decode()
    assert "_selected_action" not in client.get(url).content.decode()


@pytest.mark.parametrize("model", LEDGER + OTHERS)
def test_save_as_new_makes_nothing(
    sign_in: SignIn, boss: User, everything: Claim, model: str
) -> None:
    url = f"/admin/claims/{model}/{key_of(model, everything)}/change/"
    assert sign_in(boss).post(url, {"_saveasnew": "1"}).status_code == 403


@pytest.mark.parametrize(
    "model", ["historyentry", "evidence", "verdict", "wording", "appearance", "review"]
)
def test_a_row_leads_to_its_claim(
    sign_in: SignIn, boss: User, everything: Claim, model: str
) -> None:
    url = f"/admin/claims/{model}/{key_of(model, everything)}/change/"
    assert (
        sign_in(boss)
        .get(url)["Location"]
        .startswith(f"/admin/claims/claim/{everything.pk}/change/#")
    )


@pytest.mark.parametrize(
    ("model", "target"),
    [
        ("publisher", "/admin/claims/evidence/?q="),
        ("redactionrequest", "/admin/claims/redactionrequest/"),
    ],
)
def test_a_party_leads_to_where_it_is_used(
    sign_in: SignIn, boss: User, everything: Claim, model: str, target: str
) -> None:
    url = f"/admin/claims/{model}/{key_of(model, everything)}/change/"
    assert sign_in(boss).get(url)["Location"].startswith(target)


def test_a_claimant_has_a_page(sign_in: SignIn, boss: User, everything: Claim) -> None:
    url = f"/admin/claims/claimant/{key_of('claimant', everything)}/change/"
    assert everything.wording in sign_in(boss).get(url).content.decode()


@pytest.mark.parametrize("model", [*LEDGER, *OTHERS, "user"])
def test_a_row_that_is_not_there_leads_back_to_the_desk(
    sign_in: SignIn, boss: User, model: str
) -> None:
    page = sign_in(boss).get(f"/admin/claims/{model}/999999/change/")
    assert page["Location"] == "/admin/"


@pytest.mark.parametrize("model", LEDGER + OTHERS)
def test_regular_expressions_are_refused_on_every_list(
    sign_in: SignIn, boss: User, everything: Claim, model: str
) -> None:
    url = f"/admin/claims/{model}/?id__regex=(a%2B)%2B$"
    assert sign_in(boss).get(url).status_code == 400


@pytest.mark.parametrize("model", LEDGER[:5])
def test_a_list_of_the_ledger_is_sorted_by_its_key_alone(
    sign_in: SignIn, boss: User, everything: Claim, model: str
) -> None:
    client = sign_in(boss)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/admin/claims/{model}/")
    (rows,) = [one["sql"] for one in queries if "ORDER BY" in one["sql"]]
    key = "id" if model == "historyentry" else "entry_id"
    assert rows.endswith(f'ORDER BY "claims_{model}"."{key}" DESC')
    if model == "historyentry":
        assert '"leaf"' not in rows


@pytest.mark.parametrize("model", [*LEDGER, *OTHERS, "user"])
@pytest.mark.parametrize("rows", [1, 20])
def test_each_list_takes_a_fixed_number_of_queries(
    sign_in: SignIn, boss: User, model: str, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        draft = factories.appearance_draft(factories.ArticleFactory(), "safe")
        claim = factories.ClaimFactory(claimant=factories.ClaimantFactory(), appearance=draft)
        factories.give_verdict(claim, VerificationStatus.CONFIRMED)
        factories.PublisherFactory(name=f"P{number}")
        by = factories.person(Role.EDITOR)
        entry = claim.entries.get(number=1)
        workflow.propose_redaction(
            entry, fields=["wording.text"], reason=RedactionReason.SAFETY, by=by
        )
    client = sign_in(boss)
    # session, person; count, page of rows; for people also the roles offered as filters and the rows' roles
    # for articles the unfinished intakes; for claims their topics and the topics offered; for reviews the tabs that
    # count, what can be filtered by, and the saved filters
    with django_assert_num_queries(
        {"user": 6, "article": 5, "claim": 6, "review": 16}.get(model, 4)
    ):
        assert client.get(f"/admin/claims/{model}/").status_code == 200
