"""Verify a claim's exported history offline: `python -m claims.verify bundle.json`.

Needs only the standard library and rfc8785: no Django, no database, no network, none of the code it checks.
It says what it proved and what it cannot prove; `docs/history.md` says both at length.
Sources: RFC 8785 (canonical JSON), RFC 9901 §4.2 (disclosures), RFC 6962 §2.1 (leaf hash).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rfc8785

FORMAT = "factcheck-bundle/1"
NOT_PROVED = """\
not proved: that no entry follows the last one, or that everybody is given this history (compare the head with one
you have from elsewhere); that what it says is true; an article's title, publisher and date; host names"""
MALFORMED = (KeyError, TypeError, AttributeError, IndexError, ValueError, RecursionError)
OPEN = ("title", "language", "publisher", "published_on", "source_url")  # of an article: not hashed
STAMP = "entry=seq recorded_at"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
LABELS = {  # where a label is not its word with a capital letter
    "Reconfirmation": "Re-confirmation",
    "Fact check": "Fact-check",
    "Image video": "Image or video",
    "Claim merged": "Merged into another claim",
    "Claim absorbed": "Took over a duplicate",
}


class Refused(Exception):
    """The bundle does not prove what it claims; the message says where and why."""


def demand(held: object, reason: str) -> None:
    """Raise Refused with `reason` unless `held`."""
    if not held:
        raise Refused(reason)


@dataclass(slots=True)
class Entry:
    """One verified entry: its leaf and hash, its values by name, the digests of those that are missing."""

    leaf: dict[str, Any]
    leaf_hash: str
    missing: set[str]
    values: dict[str, str] = field(default_factory=dict)
    tombstones: list[dict[str, Any]] = field(default_factory=list)

    def disclose(self, disclosures: list[str]) -> None:
        for one in disclosures:
            sha = hashlib.sha256(one.encode("ascii"))
            digest = base64.urlsafe_b64encode(sha.digest()).decode().removesuffix("=")
            demand(digest in self.missing, "a disclosed value is not one that was hashed")
            self.missing.discard(digest)
            salt, name, value = parts = parse(unbase64url(one).decode())
            proper = type(parts) is list and all(type(part) is str for part in parts)
            demand(proper and len(unbase64url(salt)) >= 16, "this is not [salt, name, value]")
            demand(name not in self.values, f"{name} is disclosed twice")
            self.values[name] = value

    def part(self, row: str, names: str, **more: Any) -> dict[str, Any]:
        """Return what the document shows of a row, or the entry: `shown=held` renames, `name*` has a label."""
        facts, part = self.leaf[row] if row else self.leaf, dict[str, Any]()
        for name in names.split():
            shown, _, held = name.rstrip("*").partition("=")
            held = held or shown
            part[shown] = facts.get(held, self.values.get(f"{row}.{held}".lstrip(".")))
            if name.endswith("*"):
                plain = str(part[shown]).replace("_", " ").capitalize()
                part[f"{shown}_label"] = LABELS.get(plain, plain)
        if "redacted" in part:
            part["redacted"] = lambda markers: self._marks(row, facts, markers)
        return part | more

    def _marks(self, row: str, facts: dict[str, Any], markers: dict[str, Any]) -> bool:
        for name, marker in markers.items():
            here = name in facts or f"{row}.{name}".lstrip(".") in self.values
            demand(not here, f"entry {self.leaf['seq']}: {name} is called redacted but is here")
            self.tombstones.remove(marker)
        return True

    def in_force(self) -> dict[str, Any]:
        names = "wording=text wording_version=version language kind said_on said_on_precision"
        held = _named(self.leaf["wording"].get("claimant"))
        who = self.part("wording", "name=claimant_name role=claimant_role", **held)
        return self.part("wording", names, claimant=who if who["name"] is not None else None)

    def wording(self) -> dict[str, Any]:
        stamp = self.part("", f"{STAMP} reason=note")
        return self.part("wording", "version text kind redacted", **stamp)

    def appearance(self) -> dict[str, Any]:
        names = "speaker_inferred=inferred cue cue_class position direct redacted"
        quote = self.part("appearance", "exact prefix suffix start end")
        who = self.part("appearance", "id=speaker name=speaker_name")
        speaker = who if who["name"] is not None else None
        article = _named(self.leaf["appearance"]["article"], **dict.fromkeys(OPEN, repr))
        more = {"article": article, "speaker": speaker}
        return self.part("appearance", names, entry=self.leaf["seq"], quote=quote, **more)

    def evidence(self, withdrawn: dict[int, Entry]) -> dict[str, Any]:
        names = (
            "stance kind* primary origin published_on url archived_url source_text title excerpt"
        )
        back, stamp = withdrawn.get(self.leaf["seq"]), self.part("", STAMP)
        gone = back and back.part("", f"{STAMP} reason=note")
        names += " remark publisher=publisher_name redacted"
        return self.part("evidence", names, **stamp, withdrawn=gone)

    def verdict(self) -> dict[str, Any]:
        names = (
            "status* cause* wording_version=wording rationale known not_known would_settle origin"
        )
        names += " single_source_reason rests_on=evidence proposed_by=proposed_by_name redacted"
        given = self.leaf["kind"] == "verdict_given"
        stamp = self.part("", f"{STAMP} effective_on", imported=not given)
        approved_by = self.values.get("by_name") if given else None
        return self.part("verdict", names, **stamp, approved_by=approved_by)

    def line(self) -> dict[str, Any]:
        names = "number=seq act=kind* recorded_at effective_on by=by_name reason=note about"
        other, ruled = self.leaf.get("other_claim"), dict[str, Any]()
        if "verdict" in self.leaf:
            ruled = self.part("verdict", "status cause wording_version=wording")
        elif self.leaf["kind"] == "verdict_voided":
            ruled["status"] = None
        ruled |= {"leaf_hash": self.leaf_hash, "other_claim": lambda shown: shown in (None, other)}
        return self.part("", f"{names} reason_code=reason redacted", **ruled)


def parse(text: str) -> Any:
    """Return JSON without NaN or Infinity, in which no object has a key twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        demand(len(pairs) == len(dict(pairs)), "an object has the same key twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once, parse_constant=int)  # int("NaN") raises


def unbase64url(text: str) -> bytes:
    """Return the bytes of unpadded base64url. Raises Refused unless `text` is their only spelling."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    same = base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text
    demand(same, "base64url that is not canonical")
    return data


def verify_entries(bundle: dict[str, Any]) -> list[Entry]:
    """Return the entries of a bundle, each proved to be the next link of one chain. Raises Refused."""
    entries: list[Entry] = []
    for position, raw in enumerate(bundle["entries"], start=1):
        try:
            entries.append(_linked(bundle, raw, position, entries))
            entries[-1].disclose(raw["disclosures"])
            leaf, about = entries[-1].leaf, entries[-1].leaf.get("about", 1)
            demand(type(about) is int and 1 <= about <= position, f"about is {about!r}")
            for one in leaf.get("redacts", ()):
                target = entries[about - 1]
                demand(one in target.missing, "it redacts a value that is not missing")
                target.missing.discard(one)
                target.tombstones.append({name: leaf[name] for name in ("reason", "recorded_at")})
        except (Refused, *MALFORMED) as error:
            raise Refused(f"entry {position}: {error!r}") from error
    for position, entry in enumerate(entries, start=1):
        demand(not entry.missing, f"entry {position}: a value is missing without a tombstone")
    return entries


def _linked(bundle: dict[str, Any], raw: Any, position: int, before: list[Entry]) -> Entry:
    text, leaf = raw["leaf"].encode(), parse(raw["leaf"])
    leaf_hash = hashlib.sha256(b"\x00" + text).hexdigest()
    wanted = {"number": position, "leaf": repr, "leaf_hash": leaf_hash, "disclosures": repr}
    compare(wanted, raw, "entry")
    demand(rfc8785.dumps(leaf) == text, "the leaf is not canonical JSON")
    place = {"v": 1, "log": bundle["log"], "claim": bundle["claim"], "seq": position}
    compare(place, {name: leaf[name] for name in place}, "leaf")
    last = before[-1] if before else Entry({"recorded_at": ""}, bytes(32).hex(), set())
    demand(unbase64url(leaf["prev"]).hex() == last.leaf_hash, "prev is not the hash before it")
    demand(MOMENT.fullmatch(leaf["recorded_at"]), "recorded_at is not a moment")
    demand(leaf["recorded_at"] > last.leaf["recorded_at"], "recorded_at does not go forward")
    demand(len(set(leaf["digests"])) == len(leaf["digests"]), "a digest stands twice")
    return Entry(leaf, leaf_hash, missing=set(leaf["digests"]))


def derived(entries: list[Entry]) -> dict[str, Any]:
    """Return what the document must show; a function stands where the entries do not say it all."""
    status = since = merged = published = verdict = None
    for entry in entries:
        if "verdict" in entry.leaf or entry.leaf["kind"] == "verdict_voided":
            new, moment = entry.leaf.get("verdict", {}).get("status"), entry.leaf["recorded_at"]
            since = since if new and new == status else moment
            status, published = new, published or moment
            verdict = entry.verdict() if new else None
        elif entry.leaf["kind"] == "claim_merged":
            merged = _named(entry.leaf["other_claim"])
    wordings = [entry for entry in entries if "wording" in entry.leaf]
    back = {e.leaf["about"]: e for e in entries if e.leaf["kind"] == "evidence_withdrawn"}
    claim, last = _named(entries[0].leaf["claim"]), wordings[-1].in_force()
    ruled = verdict or {"status": None, "status_label": "Withdrawn"}
    version = last["wording_version"]
    return {
        **(claim | last),
        "history_url": claim["url"],
        **{name: ruled[name] for name in ("status", "status_label")},
        "status_since": since,
        "published_at": published,
        "verdict": verdict,
        "verdict_on_earlier_wording": ruled.get("wording_version", version) != version,
        "verdict_imported": ruled.get("imported", False),
        "wordings": [entry.wording() for entry in wordings],
        "appearances": [entry.appearance() for entry in entries if "appearance" in entry.leaf],
        "evidence": [entry.evidence(back) for entry in entries if "evidence" in entry.leaf],
        "history": [entry.line() for entry in entries],
        "merged_into": merged,
        "head": {"number": len(entries), "leaf_hash": entries[-1].leaf_hash},
    }


def _named(public_id: str, **more: Any) -> dict[str, Any]:
    of_it = re.compile(f".*/{re.escape(str(public_id))}/.*").fullmatch  # the rest is not hashed
    return {"id": public_id, "url": of_it, "html_url": of_it, **more}


def compare(wanted: Any, shown: Any, path: str) -> None:
    """Raise Refused where `shown` is not what `wanted` demands: no less, no more, and true is not 1."""
    if callable(wanted):
        demand(wanted(shown), f"{path} shows {shown!r}: the history does not say so")
    elif isinstance(wanted, dict) and isinstance(shown, dict):
        for key in sorted(wanted.keys() | shown.keys()):
            demand(key in shown, f"{path}.{key} is missing")
            demand(key in wanted, f"{path}.{key} is not known")
            compare(wanted[key], shown[key], f"{path}.{key}")
    elif isinstance(wanted, list) and isinstance(shown, list) and len(wanted) == len(shown):
        compare(dict(enumerate(wanted)), dict(enumerate(shown)), path)
    else:
        same = type(wanted) is type(shown) and wanted == shown
        demand(same, f"{path} shows {shown!r}; the history says {wanted!r}")


def verify(text: str) -> list[str]:
    """Return what a bundle proves, a line each. Raises Refused at the first thing that does not hold."""
    try:
        bundle = parse(text)
        entries = verify_entries(bundle)
        erased = [(entry.leaf["seq"], one) for entry in entries for one in entry.tombstones]
        compare(FORMAT, bundle["format"], "format")
        compare(derived(entries), bundle["document"], "document")
        compare(bundle["document"]["head"], bundle["head"], "head")
        demand(MOMENT.fullmatch(bundle["exported_at"]), "exported_at is not a moment")
        demand(len(bundle) == 7, "the bundle has unknown members")
        hidden = any(entry.tombstones for entry in entries if "verdict" not in entry.leaf)
        demand(not hidden, "a redaction is not shown")  # of verdicts, only the last one is
    except MALFORMED as error:
        raise Refused(f"malformed: {error!r}") from error
    last, values = entries[-1], sum(len(entry.values) for entry in entries)
    return [
        f"claim {bundle['claim']} of {bundle['log']}",
        f"proved: {len(entries)} entries, chained without a gap, the last of {last.leaf['recorded_at']}",
        f"proved: {values} values are exactly those that were hashed when they were recorded",
        f"proved: {len(erased)} redacted, each behind a public tombstone; none missing otherwise",
        *(f"  entry {n}: {one['reason']}, {one['recorded_at']}" for n, one in erased),
        "proved: the document shows what these entries say",
        f"head: {last.leaf_hash}",
        NOT_PROVED,
    ]


def main(arguments: list[str]) -> int:
    """Verify the named bundle; return 0 when it holds, 1 when it does not, 2 when it cannot be read."""
    if len(arguments) != 1:
        print("usage: python -m claims.verify BUNDLE.json (or - to read it)", file=sys.stderr)
        return 2
    try:
        name = arguments[0]
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        lines = verify(data.decode())
    except (OSError, UnicodeDecodeError) as error:
        print(f"cannot read {name}: {error}", file=sys.stderr)
        return 2
    except Refused as error:
        print(f"REFUSED: {error}", file=sys.stderr)
        return 1
    print("\n".join([*lines, "VERIFIED"]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
