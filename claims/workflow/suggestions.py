"""Verbs on suggested statements that are no claims: set_aside_statement, take_up_statement. Internal."""

from __future__ import annotations

from django.utils.translation import gettext as _

from claims.models import Article, SetAside, User
from claims.vocabulary import Verb
from claims.workflow.refusals import RuleBroken, require


def set_aside_statement(article: Article, *, start: int, end: int, by: User) -> SetAside:
    """Remember that the words at `start` to `end` (code points) are no claim; once set aside, they stay so.

    Raises RuleBroken when there are no such words in the article.
    """
    require(by, Verb.SET_ASIDE_STATEMENT)
    if not 0 <= start < end <= len(article.text):
        raise RuleBroken(_("There are no such words in the article."), field="place")
    place = {"article": article, "start": start, "end": end}
    return SetAside.objects.get_or_create(**place, defaults={"by": by})[0]


def take_up_statement(article: Article, *, start: int, end: int, by: User) -> None:
    """Suggest the words at that place again. Does nothing where they were not set aside."""
    require(by, Verb.TAKE_UP_STATEMENT)
    rows = SetAside.objects.at(article, start, end)
    rows.delete()
