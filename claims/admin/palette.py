"""The palette: one field that leads anywhere on the desk. A script asks for JSON; without one it is a plain page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.finding import Group, find
from claims.admin.site import DeskSite, person_of


class PalettePages:
    """Where the palette asks, and the page that does the same."""

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        """Return where they are."""
        view = self.site.admin_view
        return [
            path("palette/", view(require_safe(self.answer)), name="palette"),
            path("search/", view(require_safe(self.show)), name="search"),
        ]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer `?q=` with `groups`: each a `title` and its `options` (`label`, `detail`, `url`)."""
        found = find(request.GET.get("q", ""), person_of(request))
        return JsonResponse({"groups": [_as_json(group) for group in found]})

    def show(self, request: HttpRequest) -> HttpResponse:
        """Show a form, and what was found."""
        typed = request.GET.get("q", "").strip()
        context = {
            **self.site.each_context(request),
            "title": _("Search the desk"),
            "typed": typed,
            "found": find(typed, person_of(request)),
        }
        return TemplateResponse(request, "admin/search.html", context)


def _as_json(group: Group) -> dict[str, object]:
    options = [{"label": one.label, "detail": one.detail, "url": one.url} for one in group.hits]
    if group.more:
        more = _("More of these in the list")
        options.append({"label": more, "detail": str(group.title), "url": group.more})
    return {"title": str(group.title), "options": options}
