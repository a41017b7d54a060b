"""Language tags have one spelling, and what is none has no other."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from claims.languages import (
    LONGEST_TAG,
    PUBLIC,
    READERS,
    TAG,
    canonical_tag,
    direction_of,
    local,
    of_path,
    plain,
    spoken,
)


@pytest.mark.parametrize(
    ("tag", "spelt"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("und", "und"),
        ("pt-br", "pt-BR"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("sl-ROZAJ-biske", "sl-rozaj-biske"),
        ("en-x-US-latn", "en-x-us-latn"),
        ("de-CH-u-CO-phonebk", "de-CH-u-co-phonebk"),
    ],
)
def test_a_tag_is_spelt_as_the_standard_has_it(tag: str, spelt: str) -> None:
    assert canonical_tag(tag) == spelt


MALFORMED = ["", " ", "e", "en-", "-en", "en--US", "en\n", "en US", "en_US", "日本", "en-é", "１２"]
TOO_LONG = ["english", "en-abcdefghi", "en-abcdefgh-ijklmnopq"]
OF_OTHER_KINDS = ["x-own", "i-klingon", "en\x00", "7"]


@pytest.mark.parametrize("tag", [*MALFORMED, *TOO_LONG, *OF_OTHER_KINDS])
def test_what_is_no_tag_has_no_spelling(tag: str) -> None:
    assert canonical_tag(tag) == ""


@given(st.from_regex(TAG, fullmatch=True))
def test_a_spelling_is_its_own_and_hangs_on_no_capitals(tag: str) -> None:
    spelt = canonical_tag(tag)
    assert (len(tag) > LONGEST_TAG) == (spelt == "")
    assert canonical_tag(spelt) == spelt == canonical_tag(tag.swapcase())


@pytest.mark.parametrize("language", READERS)
def test_a_path_and_its_address_in_a_language_lead_to_one_another(language: str) -> None:
    address = local("/claims/abc/", language)
    assert (plain(address), of_path(address)) == ("/claims/abc/", language)
    assert plain(local("/", language)) == "/"


def test_what_has_no_other_language_keeps_its_address() -> None:
    assert local("/api/v1/claims/", "de") == "/api/v1/claims/"
    assert local("https://example.org/", "de") == "https://example.org/"
    assert of_path("/fr/claims/") == of_path("") == PUBLIC
    assert plain("/de") == "/"


def test_where_the_desk_speaks_what_readers_do_not_they_are_spoken_to_in_english() -> None:
    with translation.override("fr"):
        assert (spoken(), local("/claims/")) == (PUBLIC, "/claims/")
    with translation.override("de"):
        assert (spoken(), local("/claims/")) == ("de", "/de/claims/")


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *((tag, "rtl") for tag in ("ar", "ar-EG", "he", "fa-IR", "az-Arab", "PA-arab-PK")),
        *((tag, "auto") for tag in ("en", "de", "ar-Latn", "ks-Deva", "az", "", "arn")),
    ],
)
def test_a_text_runs_as_its_language_or_its_script_does(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction
