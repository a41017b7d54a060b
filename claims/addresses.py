"""Where public things live: paths under the register's own address.

Documents hold paths, so that a register keeps its documents when its host name changes; each audience makes them
absolute when it answers. A test resolves every path here to the view it names.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from claims.models.article import slug_of

if TYPE_CHECKING:
    from claims.models import Article

API = "/api/v1"
METHOD = "/method/"
EXPORTS_API = f"{API}/exports/"
FEEDS = ("claims", "changes", "corrections")
FEED_FORMS = ("atom", "rss", "json")
CLAIM_REVIEWS = "/feeds/claimreview.json"
AVERITEC = "/feeds/averitec.json"
LISTS = "lists"
OF_ONE_THING = re.compile(
    rf"(?:{API}|/embed|/feeds|/timegate|/timemap)?"
    r"/(?P<kind>claim|article|claimant|publisher)s/(?P<id>\w+)[/.]"
)
TAKEN = frozenset(
    {"compare", "follow", "now", "report"}
)  # below a claim's address, these are pages of their own


def export_file(name: str, file: str) -> str:
    """Return the path of one file of an export."""
    return f"/exports/{name}/{file}"


def export_files(name: str) -> list[str]:
    """Return the paths of every file that an export may have."""
    rows = ("publishers", "claimants", "topics", "methods", "articles", "claims", "relations")
    sheets = ("claims", "evidence", "appearances", "history", "dictionary")
    files = [*(f"{one}.ndjson.gz" for one in rows), *(f"{one}.csv.gz" for one in sheets)]
    return [export_file(name, file) for file in ("manifest.json", *files)]


def claim_page(public_id: str, wording: str | None) -> str:
    """Return the path of a claim's public page."""
    slug = slug_of(wording, "claim")
    return f"/claims/{public_id}/{f'{slug}-claim' if slug in TAKEN else slug}/"


def claim_short(public_id: str) -> str:
    """Return the path that leads to a claim's page whatever its wording is by then."""
    return f"/claims/{public_id}/"


def claim_card(public_id: str) -> str:
    """Return the path of the picture that stands for a claim's page."""
    return f"/claims/{public_id}/card.png"


def claim_citations(public_id: str) -> list[str]:
    """Return the paths of a claim's reference for those who cite it, the same in every language."""
    return [f"/claims/{public_id}/cite.{form}" for form in ("bib", "json")]


def claim_file(public_id: str, form: str) -> str:
    """Return the path of a claim in a form for programs, the same in every language."""
    return f"/claims/{public_id}.{form}"


def claim_provenance(public_id: str) -> str:
    """Return the path of what came of what in a claim's history (PROV-O)."""
    return f"/claims/{public_id}/prov.jsonld"


def claim_averitec(public_id: str) -> str:
    """Return the path of a claim as a row of AVeriTeC."""
    return f"/claims/{public_id}/averitec.json"


def article_annotations(public_id: str) -> str:
    """Return the path of the claims of an article as annotations (W3C)."""
    return f"/articles/{public_id}/annotations.jsonld"


def claim_embed(public_id: str) -> str:
    """Return the path of the small page that stands for a claim within the pages of others."""
    return f"/embed/claims/{public_id}/"


def claim_memento(public_id: str, moment: datetime) -> str:
    """Return the path of a claim's page as it was at the end of a second (RFC 7089: URI-M)."""
    return f"/claims/{public_id}/@{moment.astimezone(UTC):%Y%m%d%H%M%S}/"


def claim_compare(public_id: str) -> str:
    """Return the path at which two moments of a claim are compared."""
    return f"/claims/{public_id}/compare/"


def claim_now(public_id: str) -> str:
    """Return the path of the line that earlier pages show of what the register says today."""
    return f"/claims/{public_id}/now/"


def claim_timegate(public_id: str) -> str:
    """Return the path at which a program asks for the version of a date (RFC 7089: URI-G)."""
    return f"/timegate/claims/{public_id}/"


def claim_timemap(public_id: str) -> str:
    """Return the path of the list of a claim's versions (RFC 7089: URI-T)."""
    return f"/timemap/claims/{public_id}/"


def claim_api(public_id: str) -> str:
    """Return the path of a claim in the API."""
    return f"{API}/claims/{public_id}/"


def claim_history_api(public_id: str) -> str:
    """Return the path of a claim's history in the API."""
    return f"{API}/claims/{public_id}/history/"


def changes_api() -> str:
    """Return the path at which every public act is followed."""
    return f"{API}/changes/"


def feed(what: str, form: str) -> str:
    """Return the path of one of the register's feeds, the same in every language."""
    return f"/feeds/{what}.{form}"


def claim_feed(public_id: str, form: str) -> str:
    """Return the path of the feed of one claim's acts."""
    return f"/feeds/claims/{public_id}.{form}"


def report_form(public_id: str) -> str:
    """Return the path of the form by which readers report something about a claim."""
    return f"/claims/{public_id}/report/"


def follow_form(public_id: str) -> str:
    """Return the path of the form by which readers ask to follow a claim by e-mail."""
    return f"/claims/{public_id}/follow/"


def follow_sent(public_id: str) -> str:
    """Return the path that says, after asking to follow a claim, that a mail is on its way."""
    return f"/claims/{public_id}/follow/sent/"


def report_receipt(token: str) -> str:
    """Return the private path at which whoever sent a report sees what becomes of it."""
    return f"/reports/{token}/"


def following(token: str) -> str:
    """Return the private path at which whoever follows a claim says so, or ends it."""
    return f"/following/{token}/"


def article_page(article: Article) -> str:
    """Return the path of an article's public page."""
    return f"/articles/{article.public_id}/{article.slug}/"


def article_api(public_id: str) -> str:
    """Return the path of an article in the API."""
    return f"{API}/articles/{public_id}/"


def publisher_page(public_id: str, name: str) -> str:
    """Return the path of a publisher's public page."""
    return f"/publishers/{public_id}/{slug_of(name, 'publisher')}/"


def topic_page(slug: str) -> str:
    """Return the path of a topic's public page."""
    return f"/topics/{slug}/"


def method_version(number: int) -> str:
    """Return the path of the page of one version of the method."""
    return f"{METHOD}versions/{number}/"


def claimant_page(public_id: str, name: str | None) -> str:
    """Return the path of a claimant's public page."""
    return f"/claimants/{public_id}/{slug_of(name, 'claimant')}/"


def publisher_api(public_id: str) -> str:
    """Return the path of a publisher in the API."""
    return f"{API}/publishers/{public_id}/"


def topic_api(slug: str) -> str:
    """Return the path of a topic in the API."""
    return f"{API}/topics/{slug}/"


def method_api(number: int) -> str:
    """Return the path of one version of the method in the API."""
    return f"{API}/method/{number}/"


def claimant_api(public_id: str) -> str:
    """Return the path of a claimant in the API."""
    return f"{API}/claimants/{public_id}/"


def tag_of(path: str) -> str:
    """Return the name (`Cache-Tag`) under which shared caches are told to forget what is read at a public path, in its
    spelling without a language: that of the claim, article, claimant or publisher it is about, or of all lists.
    """
    found = OF_ONE_THING.match(path)
    return f"{found['kind']}-{found['id']}" if found else LISTS
