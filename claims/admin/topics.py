"""Topics on the desk: their list, for editors the pages that record and change them, and filing a claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import workflow
from claims.admin import work_cells
from claims.admin.claim_acts import ClaimVerbPage
from claims.admin.filtering import FormFilteredAdmin
from claims.admin.forms import line
from claims.admin.pages import VerbPage
from claims.admin.site import person_of
from claims.models import Claim, Topic, User
from claims.vocabulary import Verb


class TopicForm(forms.Form):
    """What a topic is called, and how often its claims are looked at again."""

    name = line(gettext_lazy("Name"), required=True)
    recheck_days = forms.IntegerField(
        label=gettext_lazy("Look again after"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Days from a verdict here to its next re-check. Empty: none."),
    )


class TopicPage(VerbPage[Topic]):
    """A page about one topic."""

    form_class = TopicForm

    def claim_of(self, subject: Topic) -> None:
        return None

    def back(self, subject: Topic) -> str:
        return reverse("admin:claims_topic_changelist")


class RecordTopic(TopicPage):
    verb = Verb.RECORD_TOPIC
    slug, title, button = "new", gettext_lazy("New topic"), gettext_lazy("Record the topic")
    route = ""
    done = gettext_lazy("Topic recorded.")

    def subject(self, **ids: int) -> Topic:
        return Topic()

    def perform(self, subject: Topic, data: dict[str, Any], by: User) -> Topic:
        return workflow.record_topic(by=by, **data)

    def logged(self, subject: Topic, result: Topic) -> Model:
        return result


class ChangeTopic(TopicPage):
    verb = Verb.CHANGE_TOPIC
    slug, title, button = "rename", gettext_lazy("Change a topic"), gettext_lazy("Change it")
    done = gettext_lazy("Topic changed.")

    def subject(self, **ids: int) -> Topic:
        return get_object_or_404(Topic, **ids)

    def form(self, subject: Topic, request: HttpRequest, **data: Any) -> forms.Form:
        initial = {"name": subject.name, "recheck_days": subject.recheck_days}
        return TopicForm(initial=initial, **data)

    def perform(self, subject: Topic, data: dict[str, Any], by: User) -> Topic:
        return workflow.change_topic(subject, by=by, **data)


class TopicsField(forms.ModelMultipleChoiceField[Topic]):
    """Topics to tick; a key no database can hold is no topic."""

    def clean(self, value: Any) -> QuerySet[Topic, Topic]:
        try:
            return super().clean(value)
        except OverflowError:
            message = self.error_messages["invalid_pk_value"]
            raise forms.ValidationError(message, params={"pk": "?"}) from None


class FilingForm(forms.Form):
    """The topics of a claim."""

    topics = TopicsField(
        label=gettext_lazy("Topics"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_topics(self) -> list[Topic]:
        return list(self.cleaned_data["topics"])


class FileClaim(ClaimVerbPage):
    verb = Verb.FILE_CLAIM
    slug, title, button = "file", gettext_lazy("File the claim"), gettext_lazy("File it")
    done = gettext_lazy("Claim filed.")
    intro = gettext_lazy(
        "Readers see a topic by name once a published claim is filed there, and nothing else of it."
    )
    form_class = FilingForm

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        filed = Topic.objects.of_claim(subject)
        return FilingForm(initial={"topics": [topic.pk for topic in filed]}, **data)

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Claim:
        return workflow.file_claim(subject, topics=data["topics"], by=by)


class TopicAdmin(FormFilteredAdmin[Topic]):
    """What claims are filed under."""

    list_display = ("topic", "interval")
    list_display_links = None
    search_fields = ("name",)
    list_title = gettext_lazy("Topics")
    ordering = ("name",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        able = person_of(request).has_perm(f"claims.{Verb.CHANGE_TOPIC}")
        return (*self.list_display, "change") if able else self.list_display

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        shown: dict[str, Any] = {"list_title": self.list_title}
        if person_of(request).has_perm(f"claims.{Verb.RECORD_TOPIC}"):
            shown |= {"new_url": reverse("admin:claims_topic_new"), "new_label": RecordTopic.title}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=gettext_lazy("Topic"), ordering="name")
    def topic(self, topic: Topic) -> SafeString:
        """Lead to the claims that are filed there."""
        url = f"{reverse('admin:claims_claim_changelist')}?topic={topic.slug}"
        return format_html('<a href="{}">{}</a>', url, topic)

    @admin.display(description=gettext_lazy("Look again after"), ordering="recheck_days")
    def interval(self, topic: Topic) -> SafeString:
        """Say after how long a verdict there is looked at again."""
        days = topic.recheck_days
        said = ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else "—"
        return work_cells.named(_("Look again after"), said)

    @admin.display(description=gettext_lazy("Change"))
    def change(self, topic: Topic) -> SafeString:
        """Lead to where it is changed."""
        url = reverse("admin:claims_topic_rename", args=[topic.pk])
        label = _("Change %(topic)s") % {"topic": topic}
        return format_html('<a href="{}" aria-label="{}">{}</a>', url, label, _("Change"))

    def get_urls(self) -> list[URLPattern]:
        pages: list[Any] = [page(self.admin_site) for page in (RecordTopic, ChangeTopic)]  # type: ignore[arg-type]
        return [*(page.urls("claims_topic") for page in pages), *super().get_urls()]
