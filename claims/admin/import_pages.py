"""The pages of an import: sending a file, confirming what was shown of it, discarding it, how far it has come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from claims import workflow
from claims.admin.base import BIGGEST_KEY
from claims.admin.pages import Changed, VerbPage
from claims.admin.site import person_of
from claims.admin.uploads import was_too_large
from claims.desk_vocabulary import ImportFormat, ImportState
from claims.models import Claim, ImportRun, User
from claims.tasks import enqueue
from claims.tasks.imports import carry_out_import_file, preview_import_file
from claims.vocabulary import Verb
from claims.workflow.inputs import MEDIUM
from claims.workflow.refusals import require

LIST = "admin:claims_importrun_changelist"
LONGEST_MAPPING = 200_000
SLOW = timedelta(seconds=30)
ENDINGS = ".json,.jsonld,.html,.htm,.txt,.csv,.tsv"


def import_url(run: ImportRun) -> str:
    """Return where an import is looked at, whatever its state."""
    return reverse("admin:claims_importrun_change", args=[run.pk])


class NewImportForm(forms.Form):
    """A file, and how it is to be read."""

    format = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=ImportFormat.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ENDINGS})
    )
    mapping = forms.FileField(
        label=gettext_lazy("Mapping file"),
        required=False,
        help_text=gettext_lazy("Of a table alone: which column is what, in YAML or JSON."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )

    def __init__(self, *, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Say of a file that was dropped why it is missing, and read the mapping."""
        data = super().clean() or {}
        if self.too_large:
            self.errors.pop("file", None)
            self.add_error("file", _("The file is too large to be sent here."))
        data["mapping"] = self._text_of(data.get("mapping"))
        return data

    def _text_of(self, file: UploadedFile[bytes] | None) -> str:
        if file is None:
            return ""
        try:
            return str(file.read(LONGEST_MAPPING + 1), "utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("mapping", _("This is not text in UTF-8."))
            return ""


class ImportPage(VerbPage[ImportRun]):
    """What all pages of an import share."""

    verb = Verb.IMPORT_VERDICT
    states: ClassVar[tuple[str, ...]] = ()

    def subject(self, **ids: Any) -> ImportRun:
        return get_object_or_404(ImportRun.objects.without_file().select_related("by"), **ids)

    def claim_of(self, subject: ImportRun) -> Claim | None:
        return None

    def back(self, subject: ImportRun) -> str:
        return import_url(subject)

    def closed_because(self, subject: ImportRun, by: User) -> str:
        if subject.state in self.states:
            return ""
        told = _("This is not possible any more: %(state)s.")
        return told % {"state": subject.get_state_display()}

    def version(self, subject: ImportRun) -> str:
        return subject.changed_at.isoformat()

    def logged(self, subject: ImportRun, result: Any) -> Model:
        return subject

    def _unchanged(
        self, request: HttpRequest, subject: ImportRun, ids: dict[str, Any]
    ) -> ImportRun:
        ImportRun.objects.select_for_update().values_list("pk").get(pk=subject.pk)
        fresh = self.subject(**ids)
        if self.version(fresh) != request.POST.get("seen"):
            raise Changed
        return fresh


class NewImport(ImportPage):
    slug, title, button = "new", gettext_lazy("Import a file"), gettext_lazy("Read it")
    route = ""
    done = gettext_lazy("Import begun.")
    intro = gettext_lazy(
        "The file is read first. You see what would be taken, merged, repaired and skipped, and why, before anything "
        "comes in. Each verdict comes in as evidence that another outlet checked the claim, and the claim waits for "
        "your reviewers."
    )
    form_class = NewImportForm

    def subject(self, **ids: Any) -> ImportRun:
        return ImportRun()

    def closed_because(self, subject: ImportRun, by: User) -> str:
        return ""

    def version(self, subject: ImportRun) -> str:
        return ""

    def _unchanged(
        self, request: HttpRequest, subject: ImportRun, ids: dict[str, Any]
    ) -> ImportRun:
        return subject

    def form(self, subject: ImportRun, request: HttpRequest, **data: Any) -> forms.Form:
        return NewImportForm(too_large=was_too_large(request), **data)

    def back(self, subject: ImportRun) -> str:
        return reverse(LIST)

    def perform(self, subject: ImportRun, data: dict[str, Any], by: User) -> ImportRun:
        upload: UploadedFile[bytes] = data["file"]
        run = workflow.start_import(
            data["format"],
            upload.read(),
            file_name=(upload.name or "")[-MEDIUM:],
            mapping=data["mapping"],
            by=by,
        )
        enqueue(preview_import_file, run.pk)
        return run

    def logged(self, subject: ImportRun, result: ImportRun) -> Model:
        return result

    def said(self, result: ImportRun) -> str:
        return ""

    def after(self, subject: ImportRun, result: ImportRun) -> str:
        return import_url(result)


class ConfirmImport(ImportPage):
    slug, title = "confirm", gettext_lazy("Bring the file in")
    button = gettext_lazy("Bring it in")
    done = gettext_lazy("Import confirmed.")
    states = (ImportState.READY,)
    intro = gettext_lazy(
        "The rows are brought in as they were shown. What comes in becomes history."
    )

    def perform(self, subject: ImportRun, data: dict[str, Any], by: User) -> ImportRun:
        workflow.confirm_import(subject, by=by)
        enqueue(carry_out_import_file, subject.pk)
        return subject

    def said(self, result: ImportRun) -> str:
        return ""


class DiscardImport(ImportPage):
    slug, title = "discard", gettext_lazy("Discard this import")
    button = gettext_lazy("Discard")
    done = gettext_lazy("Import discarded.")
    states = (ImportState.WAITING, ImportState.READING, ImportState.READY)
    intro = gettext_lazy("The file is cleared away. Nothing of it came in.")

    def perform(self, subject: ImportRun, data: dict[str, Any], by: User) -> ImportRun:
        return workflow.discard_import(subject, by=by)

    def after(self, subject: ImportRun, result: ImportRun) -> str:
        return reverse(LIST)


PAGES = (NewImport, ConfirmImport, DiscardImport)


def is_slow(run: ImportRun) -> bool:
    """Whether an import waits for longer than a running worker would let it."""
    waiting = run.state in (ImportState.WAITING, ImportState.CONFIRMED)
    return waiting and timezone.now() - run.changed_at > SLOW


def counted(run: ImportRun) -> str:
    """Return how many rows have been dealt with, in words."""
    if run.total:
        told = _("%(done)s of %(total)s rows")
        return told % {"done": f"{run.done:,}", "total": f"{run.total:,}"}
    return ngettext("%(done)s row", "%(done)s rows", run.done) % {"done": f"{run.done:,}"}


@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer how far an import has come, for a page that asks again and again."""
    require(person_of(request), Verb.IMPORT_VERDICT)
    run = get_object_or_404(ImportRun.objects.without_file(), pk=min(pk, BIGGEST_KEY))
    said = {"state": run.state, "under_way": run.is_under_way, "slow": is_slow(run)}
    return JsonResponse({**said, "counted": counted(run)})


def urls(site: Any) -> list[URLPattern]:
    """Return where the pages of an import live."""
    pages = [page(site).urls("claims_importrun") for page in PAGES]
    asked = site.admin_view(progress)
    return [*pages, path("<int:pk>/progress/", asked, name="claims_importrun_progress")]
