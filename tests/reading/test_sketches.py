"""Sketches: near-identical texts share a number, others do not, on every machine and in every process."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from claims.reading.sketches import BANDS, sketch

WORDS = [f"{first}{second}" for first in "bdfgklmnprst" for second in ("a", "e", "il", "on", "ur")]


def text_of(seed: int, length: int = 400) -> list[str]:
    chooser = random.Random(seed)
    return [chooser.choice(WORDS) for _ in range(length)]


def share(one: list[str], other: list[str]) -> int:
    return len(set(sketch(" ".join(one))) & set(sketch(" ".join(other))))


def edited(words: list[str], rate: float) -> list[str]:
    chooser = random.Random(1)
    return [f"new{n}" if chooser.random() < rate else word for n, word in enumerate(words)]


def test_a_sketch_is_a_few_numbers_that_a_database_can_hold() -> None:
    values = sketch(" ".join(text_of(1)))
    assert len(values) == BANDS
    assert all(-(2**63) <= value < 2**63 for value in values)


def test_the_same_text_has_the_same_sketch_in_every_process() -> None:
    text = " ".join(text_of(1))
    program = f"from claims.reading.sketches import sketch; print(sketch({text!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(sketch(text))


@pytest.mark.parametrize("seed", range(20))
def test_a_text_with_every_twentieth_word_changed_is_found(seed: int) -> None:
    words = text_of(seed)
    assert share(words, edited(words, 0.05)) > 0


@pytest.mark.parametrize("seed", range(20))
def test_a_text_cut_to_seven_tenths_is_found(seed: int) -> None:
    words = text_of(seed)
    assert share(words, words[:280]) > 0


def test_of_a_hundred_other_texts_none_is_found() -> None:
    assert [seed for seed in range(1, 101) if share(text_of(0), text_of(seed))] == []


def test_typography_and_case_make_no_difference() -> None:
    words = text_of(3)
    assert sketch(" ".join(words)) == sketch(", ".join(words).upper())


@pytest.mark.parametrize("text", ["", "Too short to tell.", "word " * 500])
def test_what_is_too_short_or_says_one_thing_has_no_sketch(text: str) -> None:
    assert sketch(text) == []


def test_scripts_without_spaces_are_sketched_by_the_character() -> None:
    text = "市长星期一说，这座老桥是安全的，整个夏天都会开放。市议会否认北桥墩的工程延误。"
    assert share([text], [text + "下个月将举行投票。"]) > 0
