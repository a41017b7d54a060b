"""A verdict to cite: the line on the page, BibTeX and CSL-JSON to take away, the frame and the terms."""

from __future__ import annotations

import html as entities
import json
import re

import pytest
from django.conf import LazySettings
from django.test import Client

from claims import addresses, workflow
from claims.models import Claim, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public import lives
from tests.public.pages import Elements, document, html, path_of, said_at, words

pytestmark = pytest.mark.django_db
FILES = {
    "cite.bib": "application/x-bibtex; charset=utf-8",
    "cite.json": "application/vnd.citationstyles.csl+json",
}


def file_of(claim: Claim, name: str) -> str:
    return f"/claims/{claim.public_id}/{name}"


@pytest.mark.parametrize("name", FILES)
def test_a_reference_comes_with_its_media_type_to_be_kept_as_a_file(
    client: Client, published: Claim, name: str
) -> None:
    response = client.get(file_of(published, name))
    number = document(published)["head"]["number"]
    assert response.status_code == 200
    assert response["Content-Type"] == FILES[name]
    ending = name.rpartition(".")[2]
    kept = f'attachment; filename="claim-{published.public_id}-{number}.{ending}"'
    assert response["Content-Disposition"] == kept
    assert published.wording in response.content.decode()
    assert "max-age=60" in response["Cache-Control"]
    assert f'href="{file_of(published, name)}"' in html(client, path_of(published))


@pytest.mark.parametrize("name", FILES)
def test_a_reference_that_is_known_is_not_sent_again_until_the_claim_changes(
    client: Client, published: Claim, name: str, editor: User
) -> None:
    path = file_of(published, name)
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    factories.EvidenceFactory(claim=published, by=editor)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("name", FILES)
def test_what_is_cited_leads_to_the_page_as_it_was(client: Client, name: str, editor: User) -> None:
    claim = lives.long_life()
    text = client.get(file_of(claim, name)).content.decode()
    found = re.search(r"http://127\.0\.0\.1:8000(/claims/[^\"}]+)", text)
    assert found
    assert found[1] == addresses.claim_memento(claim.public_id, lives.DISPUTED)
    with lives.at(lives.LATER):
        workflow.void_verdict(claim, reason="We misread the table.", by=editor)
    assert "Disputed Since" in words(html(client, found[1]))


def test_the_line_to_cite_names_the_page_in_the_language_it_was_read_in(client: Client) -> None:
    claim = lives.long_life()
    version = addresses.claim_memento(claim.public_id, lives.DISPUTED)
    assert f">http://127.0.0.1:8000{version}<" in html(client, path_of(claim))
    assert f">http://127.0.0.1:8000/de{version}<" in html(client, f"/de{path_of(claim)}")


@pytest.mark.parametrize("name", FILES)
def test_an_earlier_state_can_be_cited(client: Client, published: Claim, name: str) -> None:
    before = said_at(published, document(published)["head"]["number"])
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    assert "Unconfirmed" in client.get(file_of(published, name)).content.decode()
    then = client.get(f"{file_of(published, name)}?as_of={before}").content.decode()
    assert "Confirmed" in then
    assert "Unconfirmed" not in then


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_cited_of_a_claim_nobody_may_see_or_of_a_time_before_it(
    client: Client, published: Claim, name: str
) -> None:
    hidden = client.get(file_of(factories.ClaimFactory(), name))
    assert hidden.status_code == 404
    assert hidden.content == client.get(f"/claims/0000000000/{name}").content
    assert client.get(f"{file_of(published, name)}?as_of=2020-01-01").status_code == 404
    assert client.get(f"{file_of(published, name)}?as_of=soon").status_code == 400
    assert client.post(file_of(published, name)).status_code == 405


@pytest.mark.parametrize("name", FILES)
def test_a_merged_claim_is_cited_as_the_one_it_was_merged_into(
    client: Client, published: Claim, name: str, editor: User
) -> None:
    lasting = factories.published_claim()
    workflow.merge_claims(published, into=lasting, reason="The same.", by=editor)
    response = client.get(file_of(published, name))
    assert (response.status_code, response["Location"]) == (301, file_of(lasting, name))


@pytest.mark.parametrize("rows", [1, 20])
def test_a_reference_costs_one_query(
    client: Client, editor: User, django_assert_num_queries, rows: int
) -> None:
    claim = factories.ClaimFactory(by=editor)
    factories.EvidenceFactory.create_batch(rows, claim=claim, by=editor)
    factories.give_verdict(claim)
    # 1 the claim with its stored document and, had it been merged, the survivor
    with django_assert_num_queries(1):
        html(client, file_of(claim, "cite.bib"))


def test_the_line_to_cite_names_claim_claimant_status_register_and_entry(client: Client) -> None:
    speaker = factories.ClaimantFactory(name="Ada Speaker")
    claim = factories.published_claim(wording="It is safe & sound.", claimant=speaker)
    number = document(claim)["head"]["number"]
    line = re.findall(r'<p class="cite__line">(.*?)</p>', html(client, path_of(claim)))[0]
    begins = f"“It is safe &amp; sound.” Ada Speaker . Confirmed. factcheck, entry {number}."
    assert words(line).startswith(begins)
    assert f"http://127.0.0.1:8000/claims/{claim.public_id}/" in line


def test_the_frame_for_other_pages_is_there_to_be_copied(client: Client, published: Claim) -> None:
    page = html(client, path_of(published))
    code = entities.unescape(re.findall(r"<textarea.*?>(.*?)</textarea>", page, re.DOTALL)[0])
    assert [tag for tag, _ in Elements.of(page) if tag == "iframe"] == []
    ((tag, attributes),) = Elements.of(code)
    assert tag == "iframe"
    address = f"http://127.0.0.1:8000/embed/claims/{published.public_id}/"
    assert (attributes["src"], attributes["title"]) == (address, "factcheck")
    assert '<label for="embed">' in page


def test_the_terms_of_reuse_are_named_and_can_be_left_out(
    client: Client, published: Claim, settings: LazySettings
) -> None:
    told = '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener">CC BY 4.0</a>'
    assert told in html(client, path_of(published))
    settings.FACTCHECK_LICENCE_NAME = ""
    assert 'rel="license' not in html(client, path_of(factories.published_claim()))


def test_how_to_check_the_history_stands_with_the_digest_to_keep(
    client: Client, published: Claim
) -> None:
    page = html(client, path_of(published))
    data = document(published)
    assert f'<code class="hash">{data["head"]["leaf_hash"]}</code>' in page
    assert f"manage.py export_claim {published.public_id} --output bundle.json" in page
    assert "python -m claims.verify bundle.json" in page
    assert f'href="{data["history_url"]}"' in page


def test_csl_json_is_json_whatever_the_claim_says(client: Client) -> None:
    claim = factories.published_claim(wording='He said "it\\is" </script> {so}.')
    (item,) = json.loads(client.get(file_of(claim, "cite.json")).content)
    assert item["title"].startswith('“He said "it\\is" </script> {so}.”')


def test_the_page_leads_to_its_data_and_can_be_cited(client: Client, published: Claim) -> None:
    page = html(client, path_of(published))
    data = document(published)
    assert f'href="{data["url"]}"' in page
    assert f'href="{data["history_url"]}"' in page
    assert data["head"]["leaf_hash"] in page
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path_of(published)}">' in page
    assert "noindex" not in page
