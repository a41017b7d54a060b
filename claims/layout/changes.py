"""What approving a proposal would change on a claim's public page, field by field: two documents, compared.

Pure, like everything here: it knows no more than the two documents do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.differences import Run, differences
from claims.documents import Document

# What a verdict says, in the order of the page.
TEXTS: tuple[tuple[str, StrOrPromise], ...] = (
    ("rationale", _("The short version")),
    ("known", _("What is known")),
    ("not_known", _("What is not known")),
    ("would_settle", _("What would settle it")),
    ("single_source_reason", _("Why one source is enough")),
)
PEOPLE: tuple[tuple[str, StrOrPromise], ...] = (
    ("proposed_by", _("Proposed by")),
    ("origin", _("Imported from")),
)
# What stands above the verdict to warn the reader.
NOTICES: tuple[tuple[str, StrOrPromise], ...] = (
    ("verdict_on_earlier_wording", _("This verdict was given on an earlier wording")),
    ("verdict_on_withdrawn_evidence", _("Evidence for this verdict was withdrawn")),
    ("verdict_published_by_one", _("One person published this verdict")),
    ("verdict_imported", _("This verdict was imported")),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the page: its words before and after as runs, or each thing of a list as a run of its own."""

    label: StrOrPromise
    runs: list[Run]
    is_list: bool = False

    @property
    def is_one(self) -> bool:
        """Whether anything differs."""
        return any(run.kind != "kept" for run in self.runs)


def changes(before: Document, after: Document) -> list[Change]:
    """Return every field of the page with what becomes of it, those that stay the same too."""
    fields = [*_fields(before, after)]
    return [field for field in fields if field.runs]


def _fields(before: Document, after: Document) -> Iterator[Change]:
    old, new = before["verdict"] or {}, after["verdict"] or {}
    yield Change(_("Status"), whole(before["status_label"], after["status_label"]))
    yield Change(_("Wording it is given on"), differences(_judged(before), _judged(after)))
    for name, label in TEXTS:
        yield Change(label, differences(old.get(name) or "", new.get(name) or ""))
    yield Change(_("It rests on"), listed(basis(before), basis(after)), is_list=True)
    yield Change(_("Notices"), listed(notices_of(before), notices_of(after)), is_list=True)
    cause = "cause_label"
    yield Change(_("Why this verdict"), whole(old.get(cause) or "", new.get(cause) or ""))
    for name, label in PEOPLE:
        yield Change(label, whole(old.get(name) or "", new.get(name) or ""))


def whole(old: str, new: str) -> list[Run]:
    """Return one value given way to another: names and labels are not taken apart."""
    if old == new:
        return [Run("kept", old)] if old else []
    return [run for run in (Run("gone", old), Run("come", new)) if run.text]


def listed(old: list[str], new: list[str]) -> list[Run]:
    """Return the things of two lists: those that stay, those that go, those that come."""
    kept = [Run("kept" if one in new else "gone", one) for one in old]
    return [*kept, *(Run("come", one) for one in new if one not in old)]


def _judged(document: Document) -> str:
    """Return the wording that the verdict in force was given on."""
    if not document["verdict"]:
        return ""
    version = document["verdict"]["wording_version"]
    texts = {part["version"]: part["text"] for part in document["wordings"]}
    return texts.get(version) or ""


def basis(document: Document) -> list[str]:
    """Return what the verdict rests on, each piece by its number and name."""
    rests_on = document["verdict"]["rests_on"] if document["verdict"] else []
    return [_named(part) for part in document["evidence"] if part["entry"] in rests_on]


def _named(part: Document) -> str:
    name = part["title"] or part["source_text"] or part["url"] or say("[redacted]")
    number = part["entry"]
    if part["withdrawn"]:
        return say("No. %(number)s, withdrawn: %(name)s") % {"number": number, "name": name}
    return say("No. %(number)s: %(name)s") % {"number": number, "name": name}


def notices_of(document: Document) -> list[str]:
    found = [str(label) for name, label in NOTICES if document[name]]
    if not document["verdict"] and document["published_at"]:
        found.append(say("The verdict was withdrawn"))
    corrections = [entry for entry in document["history"] if entry.get("cause") == "correction"]
    return [*found, *(say("Corrected, entry %s") % entry["number"] for entry in corrections)]
