"""Addresses that are the same in every language: what machines read."""

from __future__ import annotations

from django.urls import path

from claims.public.views import cite, fixed, oembed, sitemap, statistics

app_name = "machines"
urlpatterns = [
    path("robots.txt", fixed.robots, name="robots"),
    path("claims/<page_id:public_id>/cite.bib", cite.show_bibtex, name="cite_bibtex"),
    path("claims/<page_id:public_id>/cite.json", cite.show_csl, name="cite_csl"),
    path("favicon.ico", fixed.icon, name="icon"),
    path("oembed", oembed.show, name="oembed"),
    path("sitemap.xml", sitemap.show_index, name="sitemaps"),
    path("sitemap-news.xml", sitemap.show_news, name="sitemap_news"),
    path("sitemaps/<slug:section>-<int:number>.xml", sitemap.show, name="sitemap"),
    path("site.webmanifest", fixed.manifest, name="manifest"),
    path("statistics/claims.csv", statistics.claims, name="statistics_claims"),
    path("statistics/<slug:slug>.csv", statistics.figure, name="statistics_figure"),
]
