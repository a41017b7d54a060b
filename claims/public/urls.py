"""Addresses of the public pages, in each language of the readers."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import LocalePrefixPattern

from claims import languages
from claims.public import converters  # noqa: F401  (registers what the addresses name)
from claims.public.views import (
    article_page,
    card,
    changes,
    check,
    claim_list,
    claim_page,
    claimant_page,
    compare,
    corrections,
    embed,
    follow,
    glossary,
    home,
    memento,
    method,
    now,
    preview,
    publisher_page,
    receipt,
    report,
    statistics,
    topic_page,
)


class InTheirLanguage(LocalePrefixPattern):
    """What stands before every address of a public page: nothing, or the tag of the language asked for."""

    @property
    def language_prefix(self) -> str:
        """The beginning that all addresses have in the language spoken."""
        return languages.local("/").removeprefix("/")


app_name = "public"
urlpatterns = [
    path("", home.show, name="home"),
    path("claims/", claim_list.show, name="claims"),
    path("card.png", card.show_general, name="card"),
    path("claims/<page_id:public_id>/card.png", card.show, name="claim_card"),
    path("embed/claims/<page_id:public_id>/", embed.show, name="claim_embed"),
    path("check/", check.show, name="check"),
    path("changes/", changes.show, name="changes"),
    path("claims/<page_id:public_id>/", claim_page.show, name="claim_short"),
    path("claims/<page_id:public_id>/report/", report.about_claim, name="report"),
    path("claims/<page_id:public_id>/follow/", follow.ask, name="follow"),
    path("claims/<page_id:public_id>/follow/sent/", follow.show_sent, name="follow_sent"),
    path("claims/<page_id:public_id>/@<str:stamp>/", memento.show, name="claim_memento"),
    path("claims/<page_id:public_id>/compare/", compare.show, name="compare"),
    path("claims/<page_id:public_id>/now/", now.show, name="claim_now"),
    path("claims/<page_id:public_id>/<str:slug>/", claim_page.show, name="claim"),
    path("articles/<page_id:public_id>/", article_page.show, name="article_short"),
    path("articles/<page_id:public_id>/<str:slug>/", article_page.show, name="article"),
    path("claimants/<page_id:public_id>/", claimant_page.show, name="claimant_short"),
    path("claimants/<page_id:public_id>/<str:slug>/", claimant_page.show, name="claimant"),
    path("publishers/<page_id:public_id>/", publisher_page.show, name="publisher_short"),
    path("publishers/<page_id:public_id>/<str:slug>/", publisher_page.show, name="publisher"),
    path("topics/", topic_page.show_all, name="topics"),
    path("topics/<slug:slug>/", topic_page.show, name="topic"),
    path("corrections/", corrections.show, name="corrections"),
    path("statistics/", statistics.show, name="statistics"),
    path("statuses/", glossary.show, name="statuses"),
    path("method/", method.show, name="method"),
    path("method/versions/<int:number>/", method.show_version, name="method_version"),
    path("report/", report.suggest, name="suggest"),
    path("reports/<slug:token>/", receipt.show, name="receipt"),
    path("following/<slug:token>/", follow.show, name="following"),
    path("preview/<slug:token>/", preview.show, name="preview"),
]
