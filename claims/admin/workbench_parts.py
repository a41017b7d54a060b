"""Parts of the workbench's page that an act changed, for a script to put in the place of the old ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.ledger import claim_url
from claims.admin.statements import Place
from claims.admin.workbench import Workbench
from claims.models import Appearance, Article

PARTS = "admin/claims/parts"


def parts_over(request: HttpRequest, article: Article, place: Place) -> dict[str, str]:
    """Return the HTML of every part that may look different after an act at `place`, by its id."""
    bench = Workbench(article)
    shared = {"article": article, "bench": bench}

    def rendered(part: str, **own: Any) -> str:
        return render_to_string(f"{PARTS}/{part}.html", {**shared, **own}, request)

    paragraphs = {
        f"p-{one.start}": rendered("bench_paragraph", paragraph=one)
        for one in bench.paragraphs_over(place)
    }
    statements = {
        one.anchor: rendered("bench_statement", one=one) for one in bench.suggestions_over(place)
    }
    return {
        "bench-counter": rendered("bench_counter"),
        "bench-others": rendered("bench_others"),
        **paragraphs,
        **statements,
    }


def outcome_of(request: HttpRequest, article: Article, appearance: Appearance) -> dict[str, Any]:
    """Return what became of the act that recorded `appearance`: its claim, the way to undo it, the changed parts."""
    place = Place(appearance.start, appearance.end)
    return {
        "claim": {"url": claim_url(appearance.claim_id), "wording": str(appearance.claim)},
        "undo": {
            "url": reverse("admin:claims_article_undo", args=[article.pk]),
            "label": _("Undo"),
            "fields": {"entry": appearance.pk},
        },
        "parts": parts_over(request, article, place),
    }
