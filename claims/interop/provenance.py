"""A claim's history as PROV-O (W3C Recommendation of 30 April 2013), in JSON-LD: what came of what, when, and by whom.

A pure function of the document. Each entry of the history is an activity, at the second it was recorded; wordings,
quotes, evidence and verdicts are the entities that entries brought about; a later wording or verdict is a revision of
the one before, and what was withdrawn or voided was invalidated. People are who the page says they are, and nothing
more. Of what was erased it says that it was there.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from claims.documents import Document
from claims.interop.claimreview_markup import web_only
from claims.vocabulary import Act

Item = dict[str, Any]

# Whole, so that nobody has to fetch anything to read it.
CONTEXT: Item = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "label": {"@id": "rdfs:label"},
    "value": {"@id": "prov:value"},
    **{
        name: {"@id": f"prov:{name}", "@type": "xsd:dateTime"}
        for name in ("startedAtTime", "endedAtTime", "generatedAtTime", "invalidatedAtTime")
    },
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in (
            "alternateOf",
            "atLocation",
            "hadPrimarySource",
            "specializationOf",
            "used",
            "wasAssociatedWith",
            "wasAttributedTo",
            "wasDerivedFrom",
            "wasGeneratedBy",
            "wasInvalidatedBy",
            "wasQuotedFrom",
            "wasRevisionOf",
        )
    },
}
ENTITY, ACTIVITY, AGENT = "prov:Entity", "prov:Activity", "prov:Agent"


def provenance_of(document: Document, *, base: str, register: str) -> Item:
    """Return the provenance of a published claim, whose address is `base` and the path that never changes."""
    story = _Story(document, base)
    return {
        "@context": CONTEXT,
        "@graph": [
            story.claim(register),
            *story.agents(register),
            *story.activities(),
            *story.wordings(),
            *story.quotes(),
            *story.evidence(),
            *story.verdicts(),
        ],
    }


class _Story:
    def __init__(self, document: Document, base: str) -> None:
        self.document, self.base = document, base
        self.home = f"{base}/claims/{document['id']}/"
        names = dict.fromkeys(entry["by"] for entry in document["history"] if entry["by"])
        self.people = {name: f"{self.home}#agent-{n}" for n, name in enumerate(names, 1)}
        self.voided = {
            entry["about"]: entry
            for entry in document["history"]
            if entry["act"] == Act.VERDICT_VOIDED
        }

    def at(self, kind: str, number: int) -> str:
        return f"{self.home}#{kind}-{number}"

    def claim(self, register: str) -> Item:
        merged, claimant = self.document["merged_into"], self.document["claimant"]
        return _filled(
            {
                "@id": f"{self.home}#claim",
                "@type": ENTITY,
                "label": self.document["wording"],
                "wasAttributedTo": claimant and self.base + _without_slug(claimant["html_url"]),
                "alternateOf": merged and f"{self.base}{merged['html_url']}#claim",
            }
        )

    def agents(self, register: str) -> list[Item]:
        """Return the register, and whoever acted, as the page names them."""
        claimant = self.document["claimant"]
        told = [{"@id": f"{self.base}/#publisher", "@type": "prov:Organization", "label": register}]
        told += [
            {"@id": identity, "@type": AGENT, "label": name}
            for name, identity in self.people.items()
        ]
        if claimant:
            identity = self.base + _without_slug(claimant["html_url"])
            told.append({"@id": identity, "@type": AGENT, "label": claimant["name"]})
        return told

    def activities(self) -> list[Item]:
        """Return each entry of the history; the verdict in force says what evidence it rests on."""
        verdict = self.document["verdict"] or {}
        used = {verdict.get("entry"): verdict.get("rests_on", [])}
        return [
            _filled(
                {
                    "@id": self.at("entry", entry["number"]),
                    "@type": ACTIVITY,
                    "label": entry["act_label"],
                    "startedAtTime": entry["recorded_at"],
                    "endedAtTime": entry["recorded_at"],
                    "wasAssociatedWith": self.people.get(entry["by"]),
                    "used": [self.at("evidence", n) for n in used.get(entry["number"], [])],
                }
            )
            for entry in self.document["history"]
        ]

    def wordings(self) -> list[Item]:
        """Return each version of the wording, a revision of the one before."""
        rows = self.document["wordings"]
        before = {row["version"]: last["version"] for last, row in pairwise(rows)}
        return [
            self._made(
                self.at("wording", row["version"]),
                row,
                value=row["text"],
                specializationOf=f"{self.home}#claim",
                wasRevisionOf=row["version"] in before
                and self.at("wording", before[row["version"]]),
            )
            for row in rows
        ]

    def quotes(self) -> list[Item]:
        """Return each quote that was found, from the article it stands in."""
        recorded = {entry["number"]: entry for entry in self.document["history"]}
        return [
            self._made(
                self.at("appearance", row["entry"]),
                row | {"recorded_at": recorded[row["entry"]]["recorded_at"]},
                value=row["quote"]["exact"],
                wasQuotedFrom=web_only(row["article"]["source_url"])
                or self.base + row["article"]["html_url"],
            )
            for row in self.document["appearances"]
        ]

    def evidence(self) -> list[Item]:
        """Return each piece of evidence, derived from its source."""
        return [
            self._made(
                self.at("evidence", row["entry"]),
                row,
                label=row["title"] or row["source_text"],
                value=row["excerpt"],
                **{
                    "hadPrimarySource" if row["primary"] else "wasDerivedFrom": web_only(
                        row["url"]
                    ),
                    "atLocation": web_only(row["archived_url"]),
                },
            )
            for row in self.document["evidence"]
        ]

    def verdicts(self) -> list[Item]:
        """Return each verdict that was given, a revision of the one before, on the wording it was given on."""
        given = [entry for entry in self.document["history"] if entry.get("status")]
        before = {entry["number"]: last["number"] for last, entry in pairwise(given)}
        return [
            self._made(
                self.at("verdict", entry["number"]),
                {**entry, "entry": entry["number"], "withdrawn": self._end(entry["number"])},
                value=entry["status"],
                wasDerivedFrom=self.at("wording", entry["wording_version"]),
                wasRevisionOf=entry["number"] in before
                and self.at("verdict", before[entry["number"]]),
            )
            for entry in given
        ]

    def _end(self, number: int) -> Item | None:
        entry = self.voided.get(number)
        return entry and {"entry": entry["number"], "recorded_at": entry["recorded_at"]}

    def _made(self, identity: str, row: Document, **more: Any) -> Item:
        """Return an entity with the entry that brought it about, and the one that took it back, if any did."""
        ended = row.get("withdrawn")
        return _filled(
            {
                "@id": identity,
                "@type": ENTITY,
                "wasGeneratedBy": self.at("entry", row["entry"]),
                "generatedAtTime": row["recorded_at"],
                "wasInvalidatedBy": ended and self.at("entry", ended["entry"]),
                "invalidatedAtTime": ended and ended["recorded_at"],
                **more,
            }
        )


def _without_slug(path: str) -> str:
    """Return the address of a thing that stays when its name changes: `/claimants/<id>/`."""
    return "/".join([*path.split("/")[:3], ""])


def _filled(item: Item) -> Item:
    return {key: value for key, value in item.items() if value not in (None, False, "", [])}
