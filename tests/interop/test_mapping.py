"""A mapping file says how a table is read, and everything that is wrong with it is named."""

from __future__ import annotations

import pytest

from claims.interop.formats.mapping import BadMapping, read_mapping
from claims.vocabulary import RatedAs
from tests.interop.checks import MAPPING

GOOD = "columns: {claim: A, rating: B}\nconstants: {outlet: O}\n"
BAD = {
    "a text": ("x", "must hold an object"),
    "no YAML": ("columns: {claim: A", "line 1"),
    "a part that is none": (GOOD + "colour: red", "“colour” is none of"),
    "a field that is none": ("columns: {claim: A, rating: B, colour: C}", "“colour” is none of"),
    "no claim": ("columns: {rating: B}\nconstants: {outlet: O}", "“claim” is missing"),
    "no outlet": ("columns: {claim: A, rating: B}", "“outlet” is missing"),
    "a number for a column": ("columns: {claim: 1, rating: B}", "in quotation marks"),
    "columns in a list": ("columns: [claim]", "must be an object"),
    "a date without parts": (GOOD + "dates: dd-mm-yyyy", "such as %d-%m-%Y"),
    "a date of nonsense": (GOOD + "dates: '%Q'", "is no format of a date"),
    "a meaning that is none": (GOOD + "labels: {Busted: wrong}", "“wrong” is none of"),
    "a label that is no text": (GOOD + "labels: {No: 'false'}", "in quotation marks"),
    "a long delimiter": (GOOD + "delimiter: ';;'", "give one character"),
    "an encoding that is none": (GOOD + "encoding: klingon", "none that can be read"),
    "a language that is none": (
        "columns: {claim: A, rating: B}\nconstants: {outlet: O, language: x!}",
        "is no language tag",
    ),
    "too long": ("#" * 300_000, "too long"),
    "a bomb": ("a: &a [x]\nb: !!python/object/apply:os.system [ls]", "neither YAML nor JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_named(name: str) -> None:
    text, reason = BAD[name]
    with pytest.raises(BadMapping, match=reason):
        read_mapping(text)


def test_a_good_one_is_read_as_yaml_and_as_json() -> None:
    mapping = read_mapping(MAPPING)
    assert mapping.columns["claim"] == "Claim"
    assert mapping.labels == {"Busted!": RatedAs.FALSE, "Opinion": None}
    assert (
        read_mapping('{"columns": {"claim": "A", "rating": "B", "outlet": "C"}}').delimiter == ","
    )
    assert read_mapping(GOOD + "labels: {Busted: false}").labels == {"Busted": RatedAs.FALSE}
