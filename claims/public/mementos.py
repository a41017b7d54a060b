"""Memento (RFC 7089): which links say where a claim's earlier versions are.

The original is the claim's short address, which stays when its wording changes; it, the TimeGate and the TimeMap are
the same whatever language is read. Versions are linked in the language of the page that links them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date

from claims import addresses, languages
from claims.layout.versions import Version

LINK_FORMAT = "application/link-format"


def link_to(response: HttpResponse, *links: str) -> HttpResponse:
    """Add links to the head of an answer, beside those that are there."""
    there = [response.headers["Link"]] if "Link" in response.headers else []
    response.headers["Link"] = ", ".join([*there, *links])
    return response


def datetime_of(moment: datetime) -> str:
    """Return a moment as HTTP writes it."""
    return http_date(moment.timestamp())


def to_original(public_id: str) -> str:
    """Return the link to the page that is always today's."""
    return _link(addresses.claim_short(public_id), "original")


def to_timegate(public_id: str) -> str:
    """Return the link to where one asks for the version of a date."""
    return _link(addresses.claim_timegate(public_id), "timegate")


def to_timemap(public_id: str) -> str:
    """Return the link to the list of all versions."""
    return _link(addresses.claim_timemap(public_id), "timemap", type=LINK_FORMAT)


def to_itself(public_id: str, versions: Sequence[Version]) -> str:
    """Return what a TimeMap says of itself: from when until when it lists versions."""
    dates = {"from": datetime_of(versions[0].at), "until": datetime_of(versions[-1].at)}
    return _link(addresses.claim_timemap(public_id), "self", type=LINK_FORMAT, **dates)


def to_every_version(public_id: str, versions: Sequence[Version]) -> list[str]:
    """Return one link to each version."""
    last = len(versions) - 1
    return list(_to_versions(public_id, versions, {"first": 0, "last": last}, range(last + 1)))


def to_neighbours(public_id: str, versions: Sequence[Version], place: int) -> list[str]:
    """Return links from the version at `place`: to itself, to those beside it, to the first and the last.

    A cache may keep them for long, and then the last is the one that was: the TimeMap knows of all.
    """
    last = len(versions) - 1
    named = {"first": 0, "prev": place - 1, "self": place, "next": place + 1, "last": last}
    return list(_to_versions(public_id, versions, named))


def to_ends(public_id: str, versions: Sequence[Version], place: int) -> list[str]:
    """Return links to the first and the last version, and to the one at `place`."""
    named = {"first": 0, "last": len(versions) - 1}
    return list(_to_versions(public_id, versions, named, [place]))


def to_last(public_id: str, versions: Sequence[Version]) -> list[str]:
    """Return the link to the last version."""
    return list(_to_versions(public_id, versions, {"last": len(versions) - 1}))


def _to_versions(
    public_id: str,
    versions: Sequence[Version],
    named: dict[str, int],
    others: Sequence[int] = (),
) -> Iterator[str]:
    """Yield one link for each version that has a name or is among the others, with all its names."""
    places = {*named.values(), *others}
    for place, version in zip(count(), versions, strict=False):
        if place in places:
            names = [name for name, at in named.items() if at == place]
            path = languages.local(addresses.claim_memento(public_id, version.at))
            yield _link(path, *names, "memento", datetime=datetime_of(version.at))


def _link(path: str, *relations: str, **attributes: str) -> str:
    words = {"rel": " ".join(relations), **attributes}
    told = "".join(f'; {name}="{value}"' for name, value in words.items())
    return f"<{settings.FACTCHECK_BASE_URL}{path}>{told}"
