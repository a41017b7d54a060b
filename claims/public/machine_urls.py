"""Addresses that are the same in every language: what machines read."""

from __future__ import annotations

from django.urls import path, re_path

from claims.addresses import FEED_FORMS, FEEDS
from claims.exports.keeping import NAME
from claims.exports.reading import NAME as FILE
from claims.models.fields import PUBLIC_ID_PATTERN
from claims.public import converters  # noqa: F401  (registers what the addresses name)
from claims.public.views import (
    annotated,
    cite,
    claim_files,
    download,
    feed,
    fixed,
    oembed,
    register_files,
    sitemap,
    statistics,
    timegate,
)

FEED = rf"(?P<what>{'|'.join(FEEDS)})"
CLAIM = rf"(?P<public_id>{PUBLIC_ID_PATTERN})"
FORM = rf"(?P<form>{'|'.join(FEED_FORMS)})"

EXPORT = rf"(?P<name>{NAME.pattern})/(?P<file>manifest\.json|{FILE.pattern})"

app_name = "machines"
urlpatterns = [
    re_path(rf"^exports/{EXPORT}$", download.send, name="export"),
    path("robots.txt", fixed.robots, name="robots"),
    path("claims/<page_id:public_id>/cite.bib", cite.show_bibtex, name="cite_bibtex"),
    path("claims/<page_id:public_id>/cite.json", cite.show_csl, name="cite_csl"),
    path("claims/<page_id:public_id>.jsonld", claim_files.show_review, name="claim_review"),
    path("claims/<page_id:public_id>/prov.jsonld", claim_files.show_provenance, name="claim_prov"),
    path("claims/<page_id:public_id>/averitec.json", claim_files.show_row, name="claim_averitec"),
    path("articles/<page_id:public_id>/annotations.jsonld", annotated.show, name="annotations"),
    path("feeds/claimreview.json", register_files.show_feed, name="claim_reviews"),
    path("feeds/averitec.json", register_files.show_rows, name="averitec"),
    path("favicon.ico", fixed.icon, name="icon"),
    path("oembed", oembed.show, name="oembed"),
    re_path(rf"^feeds/{FEED}\.{FORM}$", feed.show, name="feed"),
    re_path(rf"^feeds/claims/{CLAIM}\.{FORM}$", feed.show_claim, name="claim_feed"),
    path("sitemap.xml", sitemap.show_index, name="sitemaps"),
    path("sitemap-news.xml", sitemap.show_news, name="sitemap_news"),
    path("sitemaps/<slug:section>-<int:number>.xml", sitemap.show, name="sitemap"),
    path("site.webmanifest", fixed.manifest, name="manifest"),
    path("timegate/claims/<page_id:public_id>/", timegate.lead, name="claim_timegate"),
    path("timemap/claims/<page_id:public_id>/", timegate.list_all, name="claim_timemap"),
    path("statistics/claims.csv", statistics.claims, name="statistics_claims"),
    path("statistics/<slug:slug>.csv", statistics.figure, name="statistics_figure"),
]
