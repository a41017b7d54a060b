"""A claim's history as PROV-O, read by an RDF library: what came of what, when, by whom, and what was taken back."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef

from claims import workflow
from claims.interop.provenance import provenance_of
from claims.models import Claim, User
from claims.vocabulary import RedactionReason, VerificationStatus
from tests import factories
from tests.public.pages import document, everything

pytestmark = pytest.mark.django_db
PROV = Namespace("http://www.w3.org/ns/prov#")
BASE = "https://register.example"


def graph_of(claim: Claim) -> Graph:
    told = provenance_of(document(claim), base=BASE, register="The Register")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's, of its own parts
        return Graph().parse(data=json.dumps(told), format="json-ld")


def thing(claim: Claim, name: str) -> URIRef:
    return URIRef(f"{BASE}/claims/{claim.public_id}/#{name}")


def test_every_act_is_an_activity_by_somebody(published: Claim) -> None:
    graph, acts = graph_of(published), document(published)["history"]
    activities = set(graph.subjects(RDF.type, PROV.Activity))
    assert activities == {thing(published, f"entry-{act['number']}") for act in acts}
    for act in acts:
        entry = thing(published, f"entry-{act['number']}")
        agent = graph.value(entry, PROV.wasAssociatedWith)
        assert graph.value(agent, RDFS.label) == Literal(act["by"])
        (moment,) = graph.objects(entry, PROV.startedAtTime)
        assert moment.datatype.endswith("dateTime")  # type: ignore[attr-defined]


def test_the_verdict_used_what_it_rests_on_and_was_given_on_a_wording(published: Claim) -> None:
    graph, verdict = graph_of(published), document(published)["verdict"]
    act, given = (thing(published, f"{kind}-{verdict['entry']}") for kind in ("entry", "verdict"))
    rests_on = {thing(published, f"evidence-{number}") for number in verdict["rests_on"]}
    assert set(graph.objects(act, PROV.used)) == rests_on
    assert rests_on
    assert (given, PROV.wasGeneratedBy, act) in graph
    assert (given, PROV.value, Literal("confirmed")) in graph
    assert (given, PROV.wasDerivedFrom, thing(published, "wording-1")) in graph


def test_later_wordings_and_verdicts_are_revisions(published: Claim, editor: User) -> None:
    first = document(published)["verdict"]["entry"]
    workflow.reword_claim(published, wording="Quite another.", reason="Clear.", by=editor)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    graph, last = graph_of(published), document(published)["verdict"]["entry"]
    for kind, before, after in (("wording", 1, 2), ("verdict", first, last)):
        pair = thing(published, f"{kind}-{after}"), thing(published, f"{kind}-{before}")
        assert (pair[0], PROV.wasRevisionOf, pair[1]) in graph


def test_what_was_taken_back_was_invalidated(published: Claim, editor: User) -> None:
    piece = factories.EvidenceFactory(claim=published, by=editor)
    workflow.withdraw_evidence(piece, reason="Not theirs.", by=editor)
    workflow.void_verdict(published, reason="We misread it.", by=editor)
    told, graph = document(published), graph_of(published)
    acts = {entry["act"]: entry for entry in told["history"]}
    number, end = piece.entry.number, acts["evidence_withdrawn"]["number"]
    pair = thing(published, f"evidence-{number}"), thing(published, f"entry-{end}")
    assert (pair[0], PROV.wasInvalidatedBy, pair[1]) in graph
    voided = acts["verdict_voided"]
    pair = (
        thing(published, f"verdict-{voided['about']}"),
        thing(published, f"entry-{voided['number']}"),
    )
    assert (pair[0], PROV.wasInvalidatedBy, pair[1]) in graph


def test_sources_and_quotes_lead_to_where_they_are_from() -> None:
    claim = everything("a text").claim
    graph = graph_of(claim)
    assert set(graph.objects(None, PROV.hadPrimarySource)) == {
        URIRef("https://source.example/?q=1&r=2")
    }
    assert set(graph.objects(None, PROV.wasQuotedFrom)) == {
        URIRef("https://news.example/report?a=1&b=2")
    }


def test_a_merged_claim_says_where_it_went(published: Claim, editor: User) -> None:
    survivor = factories.published_claim()
    workflow.merge_claims(published, into=survivor, reason="The same.", by=editor)
    found = graph_of(published).value(thing(published, "claim"), PROV.alternateOf)
    assert found == thing(survivor, "claim")


def test_erased_words_are_not_told_and_what_held_them_is(
    published: Claim, editor: User, second_editor: User
) -> None:
    words = published.wording
    asked = workflow.propose_redaction(
        published.entries.get(number=1),
        fields=["wording.text"],
        reason=RedactionReason.SAFETY,
        by=editor,
    )
    workflow.redact_text(asked, by=second_editor)
    graph = graph_of(published)
    assert words not in graph.serialize(format="nt")
    assert (thing(published, "wording-1"), RDF.type, PROV.Entity) in graph


@pytest.mark.parametrize("text", ["</script>", "a\u2028b", '"quoted" \\ back'])
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    claim = everything(text).claim
    values: set[Any] = set(graph_of(claim).objects(None, PROV.value))
    assert Literal(f"Second {text}") in values
