"""What is on its way out is told in every answer that used it: tried on a view made for the purpose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from rest_framework.request import Request

from claims.api.answers import ReadOnlyView
from claims.api.deprecation import Deprecated
from claims.api.parameters import Parameters

ABOUT = "https://register.example/docs/#old"
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 30, tzinfo=UTC)


class Old(ReadOnlyView):
    """An address that is to go, with a parameter that goes sooner."""

    deprecated: tuple[Deprecated, ...] = (
        Deprecated(since=SINCE, about=ABOUT),
        Deprecated(
            since=datetime(2025, 1, 1, tzinfo=UTC),
            until=UNTIL,
            about=f"{ABOUT}-colour",
            parameter="colour",
        ),
    )

    def get(self, request: Request) -> HttpResponseBase:
        asked = Parameters(request.query_params, ("colour", "limit"))
        asked.limit()
        asked.check()
        return self.answer(b"{}", links={"next": "https://register.example/next"})


class WithOldParameter(Old):
    """An address that stays, with a parameter that goes."""

    deprecated = Old.deprecated[1:]


def ask(view: type[ReadOnlyView], query: str = "", **headers: str) -> Any:
    return view.as_view()(RequestFactory().get(f"/old/{query}", headers=headers))


@pytest.mark.parametrize(("query", "code"), [("", 200), ("?limit=0", 400)])
def test_an_address_on_its_way_out_says_so_in_every_answer(query: str, code: int) -> None:
    answer = ask(Old, query)
    assert (answer.status_code, answer["Deprecation"]) == (code, "@1767225600")
    assert "Sunset" not in answer
    assert f'<{ABOUT}>; rel="deprecation"; type="text/html"' in answer["Link"]


def test_an_answer_of_304_says_so_too() -> None:
    tag = ask(Old)["ETag"]
    answer = ask(Old, if_none_match=tag)
    assert (answer.status_code, answer["Deprecation"]) == (304, "@1767225600")


def test_a_parameter_is_told_of_where_it_is_used() -> None:
    assert "Deprecation" not in ask(WithOldParameter, "?limit=1")
    answer = ask(WithOldParameter, "?colour=red")
    assert answer["Deprecation"] == "@1735689600"
    assert answer["Sunset"] == "Wed, 30 Jun 2027 00:00:00 GMT"
    assert answer["Link"].startswith('<https://register.example/next>; rel="next", ')
    assert f'<{ABOUT}-colour>; rel="sunset"; type="text/html"' in answer["Link"]


def test_of_several_the_earliest_is_told() -> None:
    answer = ask(Old, "?colour=red")
    assert answer["Deprecation"] == "@1735689600"
    assert answer["Link"].count("deprecation") == 2


def test_nothing_goes_at_less_than_a_year_s_notice() -> None:
    with pytest.raises(ValueError, match="a year ahead"):
        Deprecated(since=SINCE, until=datetime(2026, 12, 31, tzinfo=UTC), about=ABOUT)
