"""What is the same whatever the register holds: the word to robots, the icon."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static

from claims.public.answers import for_a_short_while, public_page

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /preview/

Sitemap: {base}/sitemap.xml
Sitemap: {base}/sitemap-news.xml
"""


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave alone, and where the map is."""
    text = ROBOTS.format(base=settings.FACTCHECK_BASE_URL)
    return for_a_short_while(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@public_page
def icon(request: HttpRequest) -> HttpResponse:
    """Lead those who ask for an icon where browsers always did to ours, which has another name with each design."""
    return for_a_short_while(HttpResponseRedirect(static("claims/favicon.ico")))


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """Say what a telephone needs to know to put the register among its own pages (W3C web app manifest)."""
    known = {
        "name": settings.FACTCHECK_REGISTER_NAME,
        "start_url": "/",
        "display": "browser",
        "background_color": "#fbf9f4",
        "theme_color": "#fbf9f4",
        "icons": [
            {
                "src": static(f"claims/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in (192, 512)
        ],
    }
    return for_a_short_while(JsonResponse(known, content_type="application/manifest+json"))
