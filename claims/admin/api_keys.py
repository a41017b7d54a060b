"""Keys of the API on the desk: one's own, for administrators everybody's; issued, replaced, revoked. Internal."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import workflow
from claims.admin import work_cells
from claims.admin.base import BIGGEST_KEY
from claims.admin.cells import when
from claims.admin.filtering import ChoiceFilter, FormFilteredAdmin, Offers
from claims.admin.forms import PersonField
from claims.admin.pages import VerbPage
from claims.admin.site import person_of
from claims.desk_vocabulary import Scope
from claims.models import ApiKey, User
from claims.models.api_key import ApiKeyQuerySet
from claims.vocabulary import Verb
from claims.workflow import IssuedKey
from claims.workflow.api_keys import HIGHEST_RATE, LONGEST_DAYS, LONGEST_NAME, OVERLAP

DAYS = 90
OVER = "over"


def seen_by(person: User) -> ApiKeyQuerySet:
    """Return the keys this person may see."""
    return ApiKey.objects.all() if person.is_superuser else ApiKey.objects.of(person)


class KeyForm(forms.Form):
    """What a key is called, what it is good for, and how long."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Which program uses it, and where it runs."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it is good for"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "As little as the program needs. It never does more than the person it acts for may do."
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days it works"), min_value=1, max_value=LONGEST_DAYS, initial=DAYS
    )
    owner = PersonField(
        label=gettext_lazy("Acts for"),
        queryset=User.objects.filter(is_active=True).order_by("public_name"),
        required=False,
        empty_label=gettext_lazy("Me"),
    )
    rate = forms.IntegerField(
        label=gettext_lazy("Requests a minute"), min_value=1, max_value=HIGHEST_RATE, required=False
    )

    def __init__(self, *, by: User, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        fields: Any = self.fields
        fields["scopes"].choices = [
            (scope.value, scope.label)
            for scope in Scope
            if scope == Scope.READ or by.has_perm(f"claims.{scope}")
        ]
        fields["rate"].initial = settings.FACTCHECK_API_KEY_RATE
        if not by.is_superuser:
            del fields["owner"], fields["rate"]


class KeyPage(VerbPage[ApiKey]):
    """A page about a key; to anybody but its owner and administrators, there is no such key."""

    guarded: ClassVar[bool] = False

    def answer(self, request: HttpRequest, **ids: int) -> HttpResponse:
        if (
            ids
            and ids["pk"] <= BIGGEST_KEY
            and not seen_by(person_of(request)).filter(**ids).exists()
        ):
            raise Http404
        return super().answer(request, **ids)

    def subject(self, **ids: int) -> ApiKey:
        return get_object_or_404(ApiKey.objects.with_people(), **ids)

    def claim_of(self, subject: ApiKey) -> None:
        return None

    def back(self, subject: ApiKey) -> str:
        return reverse("admin:claims_apikey_changelist")

    def shown_once(self, request: HttpRequest, issued: IssuedKey) -> HttpResponse:
        """Show the text of a key, this once: it is kept nowhere."""
        context = {
            **self.site.each_context(request),
            "title": _("The key “%(name)s”") % {"name": issued.key.name},
            "key": issued.key,
            "text": issued.text,
            "back": self.back(issued.key),
        }
        response = TemplateResponse(request, "admin/claims/key_issued.html", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class IssueKey(KeyPage):
    verb = Verb.ISSUE_API_KEY
    route = ""
    slug, title, button = "new", gettext_lazy("New key"), gettext_lazy("Issue it")
    done = gettext_lazy("Key of the API issued.")
    intro = gettext_lazy(
        "A program sends it with each request, and acts in the name of the person it was issued for. It is shown once."
    )
    form_class = KeyForm

    def subject(self, **ids: int) -> ApiKey:
        return ApiKey()

    def form(self, subject: ApiKey, request: HttpRequest, **data: Any) -> forms.Form:
        return KeyForm(by=person_of(request), **data)

    def perform(self, subject: ApiKey, data: dict[str, Any], by: User) -> IssuedKey:
        return workflow.issue_api_key(
            data.get("owner") or by,
            name=data["name"],
            scopes=data["scopes"],
            days=data["days"],
            rate=data.get("rate"),
            by=by,
        )

    def logged(self, subject: ApiKey, result: IssuedKey) -> Model:
        return result.key

    def completed(self, request: HttpRequest, subject: ApiKey, result: Any) -> HttpResponse:
        return self.shown_once(request, result)


class RotateKey(KeyPage):
    verb = Verb.ISSUE_API_KEY
    slug, title, button = "rotate", gettext_lazy("Replace a key"), gettext_lazy("Replace it")
    done = gettext_lazy("Key of the API replaced.")
    template = "admin/claims/about_key.html"

    @property
    def intro(self) -> str:  # type: ignore[override]
        """Say how long there is to change over."""
        said = _(
            "You are given another key that is good for the same. This one works for %(days)d more days, so that the "
            "program can change over."
        )
        return said % {"days": OVERLAP.days}

    def closed_because(self, subject: ApiKey, by: User) -> str:
        if not subject.is_in_force_at(timezone.now()):
            return _("This key works no longer: issue another one.")
        return _("This key was replaced already.") if hasattr(subject, "replaced_by") else ""

    def perform(self, subject: ApiKey, data: dict[str, Any], by: User) -> IssuedKey:
        return workflow.rotate_api_key(subject, by=by)

    def completed(self, request: HttpRequest, subject: ApiKey, result: Any) -> HttpResponse:
        return self.shown_once(request, result)


class RevokeKey(KeyPage):
    verb = Verb.REVOKE_API_KEY
    slug, title, button = "revoke", gettext_lazy("Revoke a key"), gettext_lazy("Revoke it")
    done = gettext_lazy("Key of the API revoked: it opens nothing from now on.")
    intro = gettext_lazy("The program that uses it is refused at once. What it wrote stays.")
    template = "admin/claims/about_key.html"

    def closed_because(self, subject: ApiKey, by: User) -> str:
        return _("This key was revoked already.") if subject.revoked_at else ""

    def perform(self, subject: ApiKey, data: dict[str, Any], by: User) -> ApiKey:
        return workflow.revoke_api_key(subject, by=by)


class ForceFilter(ChoiceFilter):
    """Those in force; or, when chosen, those that are over."""

    title, parameter_name = gettext_lazy("state"), "state"

    def offers(self, person: User) -> Offers:
        return [(OVER, _("Expired or revoked"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        now = timezone.now()
        found: QuerySet[Any] = queryset.over_at(now) if self.value() else queryset.in_force_at(now)
        return found


class ApiKeyAdmin(FormFilteredAdmin[ApiKey]):
    """The keys of the API: one's own; administrators see everybody's."""

    list_display = ("called", "good_for", "whose", "used", "until", "acts")
    list_display_links = None
    list_filter = (ForceFilter,)
    open_lookups = frozenset({"state"})

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey, ApiKey]:
        return (
            seen_by(person_of(request)).with_people().select_related("replaced_by").newest_first()
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        person = person_of(request)
        of_all = person.is_superuser
        shown: dict[str, Any] = {
            "list_title": _("Keys of the API") if of_all else _("My keys of the API"),
            "list_hint": _(
                "With a key, a program uses the API in the name of the person it acts for."
            ),
        }
        if person.has_perm(f"claims.{Verb.ISSUE_API_KEY}"):
            shown |= {"new_url": reverse("admin:claims_apikey_new"), "new_label": IssueKey.title}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=gettext_lazy("Name"), ordering="name")
    def called(self, key: ApiKey) -> SafeString:
        """Name the key, with the part of it that is no secret."""
        return format_html('{}<span class="under"><code>{}</code></span>', key.name, key.beginning)

    @admin.display(description=gettext_lazy("Good for"))
    def good_for(self, key: ApiKey) -> SafeString:
        """Say what it is good for, and how often it may ask."""
        scopes = ", ".join(str(row) for row in key.scopes.all())
        told = _("%(rate)s requests a minute") % {"rate": f"{key.rate:,}"}
        shown = format_html('{}<span class="under">{}</span>', scopes, told)
        return work_cells.named(_("Good for"), shown)

    @admin.display(description=gettext_lazy("Acts for"), ordering="owner__public_name")
    def whose(self, key: ApiKey) -> SafeString:
        """Say whom it acts for, and who issued it if it was somebody else."""
        shown: Any = key.owner.public_name
        if key.issued_by_id != key.owner_id:
            told = _("issued by %(name)s") % {"name": key.issued_by.public_name}
            shown = format_html('{}<span class="under">{}</span>', shown, told)
        return work_cells.named(_("Acts for"), shown)

    @admin.display(description=gettext_lazy("Last used"), ordering="last_used_at")
    def used(self, key: ApiKey) -> SafeString:
        """Say when it was last used, within a minute."""
        shown = when(key.last_used_at) if key.last_used_at else _("Never")
        return work_cells.named(_("Last used"), shown)

    @admin.display(description=gettext_lazy("Works until"), ordering="expires_at")
    def until(self, key: ApiKey) -> SafeString:
        """Say until when it works, or when it was revoked."""
        if key.revoked_at is None:
            return work_cells.named(_("Works until"), when(key.expires_at))
        told = format_html('<span class="chip">{}</span> {}', _("Revoked"), when(key.revoked_at))
        return work_cells.named(_("Works until"), told)

    @admin.display(description=gettext_lazy("Change"))
    def acts(self, key: ApiKey) -> SafeString:
        """Lead to where it is replaced and revoked."""
        if not key.is_in_force_at(timezone.now()):
            return work_cells.named(_("Change"), "—")
        pages = [("revoke", _("Revoke"))]
        if not hasattr(key, "replaced_by"):
            pages.insert(0, ("rotate", _("Replace")))
        links = [
            format_html(
                '<a href="{}">{}</a>', reverse(f"admin:claims_apikey_{slug}", args=[key.pk]), label
            )
            for slug, label in pages
        ]
        return work_cells.named(_("Change"), format_html(" · ".join(["{}"] * len(links)), *links))

    def get_urls(self) -> list[URLPattern]:
        pages: list[Any] = [page(self.admin_site) for page in (IssueKey, RotateKey, RevokeKey)]  # type: ignore[arg-type]
        return [*(page.urls("claims_apikey") for page in pages), *super().get_urls()]
