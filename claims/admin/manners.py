"""Working side by side: drafts kept while people type, and a note of who else is at a claim. For scripts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims import workflow
from claims.admin.base import BIGGEST_KEY
from claims.admin.site import DeskSite, person_of
from claims.models import Claim, Draft, Presence
from claims.workflow import RuleBroken
from claims.workflow.manners import AWAY_AFTER
from claims.workflow.refusals import explain

PAGE = "page-of-draft"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen", PAGE})


class MannersPages:
    """The addresses that the desk's scripts talk to."""

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        """Return where they are."""
        view = self.site.admin_view
        both = require_http_methods(["GET", "POST"])
        return [
            path("drafts/", view(both(self.draft)), name="drafts"),
            path("drafts/discard/", view(require_POST(self.discard)), name="drafts_discard"),
            path("presence/<int:pk>/", view(require_POST(self.presence)), name="presence"),
            path("presence/<int:pk>/end/", view(require_POST(self.leave)), name="presence_end"),
        ]

    def draft(self, request: HttpRequest) -> HttpResponse:
        """Keep a draft, or give it back: its fields, and when they were kept."""
        person = person_of(request)
        if request.method == "POST":
            typed = {name: str(one) for name, one in request.POST.items() if name not in NOT_TYPED}
            try:
                workflow.save_draft(request.POST.get(PAGE, ""), typed, by=person)
            except RuleBroken as refusal:
                return JsonResponse({"refused": explain(refusal)}, status=400)
            return JsonResponse({"kept": str(_("Draft kept"))})
        rows = list(Draft.objects.of(person, request.GET.get(PAGE, "").replace("\0", "")))
        kept = max((row.saved_at for row in rows), default=None)
        said = _("What you typed here on %(moment)s and did not send is back.")
        moment = date_format(timezone.localtime(kept), "j M, H:i") if kept else ""
        answer = JsonResponse(
            {
                "fields": {row.field: row.value for row in rows},
                "said": said % {"moment": moment} if kept else "",
            }
        )
        answer["Cache-Control"] = "no-store"
        return answer

    def discard(self, request: HttpRequest) -> HttpResponse:
        """Throw a draft away."""
        workflow.discard_draft(request.POST.get(PAGE, ""), by=person_of(request))
        return JsonResponse({})

    def presence(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that the person is at the claim, and say who else is."""
        person, claim = person_of(request), self._claim(request, pk)
        workflow.show_presence(claim, doing=request.POST.get("doing", ""), by=person)
        others = Presence.objects.others_at(claim, person, since=timezone.now() - AWAY_AFTER)
        return JsonResponse({"others": [said_of(one) for one in others[:5]]})

    def leave(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that the person is gone."""
        workflow.end_presence(self._claim(request, pk), by=person_of(request))
        return JsonResponse({})

    def _claim(self, request: HttpRequest, pk: int) -> Claim:
        if not person_of(request).has_perm("claims.view_claim"):
            raise PermissionDenied(_("You may not look at this."))
        if pk > BIGGEST_KEY:
            raise Http404
        return get_object_or_404(Claim, pk=pk)


def said_of(presence: Presence) -> str:
    """Return who is here since when and on which page, in a sentence."""
    since = date_format(timezone.localtime(presence.came_at), "H:i")
    return _("%(name)s is here too, since %(since)s: %(doing)s") % {
        "name": presence.person.public_name,
        "since": since,
        "doing": presence.doing or _("looking"),
    }
