"""A whole bundle: its entries, its document, and the words in which the result is told."""

from __future__ import annotations

from typing import Any

from .chain import MALFORMED, MOMENT, Entry, parse, verify_entries
from .document import derived
from .refusals import Refused, compare, demand

FORMAT = "factcheck-bundle/1"
MEMBERS = {"format", "log", "claim", "exported_at", "head", "entries", "document"}
NOT_PROVED = """\
not proved: that no entry follows the last one, or that everybody is given this history (compare the head with one
you have from elsewhere); that what it says is true; an article's title, publisher and date; host names"""


def verify(text: str) -> list[str]:
    """Return what a bundle proves, a line each. Raises Refused at the first thing that does not hold."""
    try:
        bundle = parse(text)
        entries = verify_entries(bundle)
        erased = [(entry.number, one) for entry in entries for one in entry.tombstones]
        _compare_document(bundle, entries)
    except MALFORMED as error:
        raise Refused(f"malformed: {error!r}") from error
    last, values = entries[-1], sum(len(entry.values) for entry in entries)
    return [
        f"claim {bundle['claim']} of {bundle['log']}",
        f"proved: {len(entries)} entries, chained without a gap, the last of {last.recorded_at}",
        f"proved: {values} values are exactly those that were hashed when they were recorded",
        f"proved: {len(erased)} redacted, each behind a public tombstone; none missing otherwise",
        *(f"  entry {number}: {one['reason']}, {one['recorded_at']}" for number, one in erased),
        "proved: the document shows what these entries say",
        f"head: {last.leaf_hash}",
        NOT_PROVED,
    ]


def _compare_document(bundle: dict[str, Any], entries: list[Entry]) -> None:
    """Raise Refused unless the rest of the bundle says what its entries say."""
    compare(FORMAT, bundle["format"], "format")
    compare(derived(entries), bundle["document"], "document")
    compare(bundle["document"]["head"], bundle["head"], "head")
    demand(MOMENT.fullmatch(bundle["exported_at"]), "exported_at is not a moment")
    demand(bundle.keys() == MEMBERS, "the bundle has unknown members")
    # Comparing took away each tombstone that is shown. Of verdicts, the document shows only the last one.
    hidden = any(entry.tombstones for entry in entries if "verdict" not in entry.leaf)
    demand(not hidden, "a redaction is not shown")
