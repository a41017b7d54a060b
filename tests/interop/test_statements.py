"""Two statements are the same if they say the same words by the same name, and never for less."""

from __future__ import annotations

import sys

import pytest

from claims.interop.statements import SIGN, folded, identity

SAME = [
    ("The bridge is safe.", "the  BRIDGE is safe!"),
    ("“The bridge” is safe", '"The bridge" is safe…'),
    ("The bridge—it is safe", "The bridge: it is safe"),
    ("Ｔｈｅ bridge is safe", "The bridge is safe"),
    ("新冠病毒通过眼神对视传播？", "新冠病毒通过眼神对视传播"),
]
OTHER = [
    ("Prices rose by 10.5 points", "Prices rose by 105 points"),
    ("It lost -5 points", "It lost 5 points"),
    ("It rose 5%", "It rose 5"),
    ("कि", "की"),
    ("The bridge is safe", "The bridge is not safe"),
    ("!!!", "???"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_space_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert identity(one, "Ada Moro") == identity(other, "ADA MORO")


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_words_and_numbers_do(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_so_does_who_says_it() -> None:
    assert identity("The bridge is safe", "Ada") != identity("The bridge is safe", "Bo")
    assert identity("The bridge is safe", "") != identity("The bridge", "is safe")


def test_letters_digits_and_spaces_alone_need_no_look_at_what_stands_beside_them() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert SIGN.findall("".join(every)) == [
        one for one in every if not (one.isalnum() or one == " ")
    ]
