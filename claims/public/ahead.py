"""A claim's page as it can be answered ahead of Django: what such an answer depends on.

`factcheck.ahead` keeps what the page's view answered, and asks here whether it still would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest

from claims import addresses, languages
from claims.models import Claim, ClaimRelation
from claims.models.compiled import Compiled, Raw
from claims.models.fields import PUBLIC_ID_PATTERN
from claims.public.answers import etag_of
from claims.public.beside import marks_of as marks_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

TAGS = "|".join(tag for tag in languages.READERS if tag != languages.PUBLIC)
OTHER_PAGES = "|".join(sorted(addresses.TAKEN))
ADDRESS = re.compile(
    rf"(?:/(?:{TAGS}))?/claims/({PUBLIC_ID_PATTERN})/(?!(?:{OTHER_PAGES})/)[a-z0-9-]+/"
)
NOT_OF_THE_PAST = ""  # where a page of the past has the path of today's among its marks


def _marks(public_id: str) -> QuerySet[Claim, tuple[str, str, str]]:
    return Claim.objects.published().known_as(public_id).page_marks()


page_marks = Compiled(Claim, _marks)
related_marks = Compiled(ClaimRelation, ClaimRelation.objects.page_marks)


def marks_of(public_id: str) -> Sequence[Raw]:
    """Return all that changes with the page of a published claim; nothing where it has none. Two queries."""
    own = page_marks.unconverted(public_id)
    return [*own, *related_marks.unconverted(public_id)] if own else []


def etag_now(request: HttpRequest, public_id: str, marks: Sequence[Raw]) -> str:
    """Return the entity tag of the page with these marks, uncompressed."""
    [(sha256, around, item)] = page_marks.converted(marks[:1])
    related = [
        (kind, stated_of == public_id, others if stated_of == public_id else own)
        for kind, stated_of, own, others in related_marks.converted(marks[1:])
    ]
    beside = marks_beside(around, item, related)
    return etag_of(request.get_full_path(), sha256, *beside, NOT_OF_THE_PAST)
