"""Claim pages with their markup, as the Fact Check Tools API keeps them for its users. Here they are read only."""

from __future__ import annotations

import re
from typing import NoReturn
from urllib.parse import urlsplit

from django.http import Http404
from rest_framework.request import Request

from claims import languages
from claims.api.google.answering import GoogleView, Item, listed
from claims.api.google.claims import site_of
from claims.api.google.errors import OnlyRead
from claims.api.google.parameters import Asked
from claims.api.google.places import document_of, newest, read_place
from claims.documents import Document
from claims.interop.google import page_of
from claims.models import Claim
from claims.models.fields import PUBLIC_ID_PATTERN

CLAIM = re.compile(rf"/claims/({PUBLIC_ID_PATTERN})(?:/(?!@)[^/]*)?/?")


class ReadablePages(GoogleView):
    """Pages that are read; whoever would write one is told that nobody may."""

    http_method_names = [*GoogleView.http_method_names, "post", "put", "patch", "delete"]

    def refuse(self, request: Request, **named: str) -> NoReturn:
        """Refuse to write."""
        raise OnlyRead

    post = put = patch = delete = refuse


class PageList(ReadablePages):
    """`pages.list` and `pages.create`."""

    method = "pages.list"

    def read(self, asked: Asked, **named: str) -> Item:
        """Return the page at an address, or one page of the list of all, those judged last first; one query."""
        asked.required("url", "organization")
        url, organization = asked.given.get("url"), asked.given.get("organization")
        if url and organization:
            asked.refuse("organization", "cannot be given beside url")
        place = read_place(asked)
        asked.check()
        if url:
            found, token = self._at(url), None
        elif site_of(organization or "") == self.checker.site:
            judged = Claim.objects.listed().with_verdict_in_force()
            found, token = newest(judged, place, asked)
        else:
            found, token = [], None
        pages = (page_of(one, self.checker) for one in found)
        return listed("claimReviewMarkupPages", pages, token)

    def _at(self, url: str) -> list[Document]:
        try:
            parts = urlsplit(url)
        except ValueError:
            return []
        ours = f"{parts.scheme}://{parts.netloc}" == self.checker.base
        known = CLAIM.fullmatch(languages.plain(parts.path)) if ours else None
        claims = Claim.objects.listed().with_document()
        return [document_of(one) for one in claims.known_as(known[1])] if known else []


class OnePage(ReadablePages):
    """`pages.get`, `pages.update` and `pages.delete`."""

    method = "pages.get"

    def read(self, asked: Asked, **named: str) -> Item:
        """Return the markup of one claim's page; one query."""
        asked.check()
        claim = Claim.objects.listed().with_document().known_as(named["public_id"]).first()
        page = page_of(document_of(claim), self.checker) if claim else None
        if page is None:
            raise Http404
        return page
