"""Rows in the shape of AVeriTeC, in words of our own: good ones, and each with one thing wrong."""

from __future__ import annotations

from typing import Any


def answer(**fields: Any) -> dict[str, Any]:
    return {
        "answer": "Yes",
        "answer_type": "Boolean",
        "source_url": "https://www.survey.example/report",
        "source_medium": "Web text",
        "boolean_explanation": "The survey says so.",
        "cached_source_url": "https://web.archive.org/web/2020/https://www.survey.example/report",
        **fields,
    }


def row(claim: Any = "The old bridge was closed in 2019.", **fields: Any) -> dict[str, Any]:
    return {
        "claim": claim,
        "label": "Supported",
        "justification": "A survey confirms the closure.",
        "claim_date": "5-3-2020",
        "speaker": "Ana Moro",
        "questions": [{"question": "Was the bridge closed?", "answers": [answer()]}],
        **fields,
    }


def asked(*answers: Any) -> list[dict[str, Any]]:
    return [{"question": "What is known?", "answers": list(answers)}]


# Every row that a report must name, with a piece of the reason.
SKIPPED: dict[str, tuple[Any, str]] = {
    "an empty claim": (row(""), "the claim is empty"),
    "a claim of blanks": (row(" \n\t "), "the claim is empty"),
    "a claim of controls": (row("\x00\x07"), "the claim is empty"),
    "no claim": ({"label": "Supported"}, "the claim is empty"),
    "a claim that is a list": (row(["a"]), "the claim is no text"),
    "an unknown label": (row("Two.", label="Probably"), "the label 'Probably' is unknown"),
    "no label": (row("Three.", label=None), "the label None is unknown"),
    "a label that is a list": (row("Four.", label=["Supported"]), "is unknown"),
    "a list": (["a", "b"], "it is not an object"),
    "null": (None, "it is not an object"),
    "a text": ("claim", "it is not an object"),
    "questions that are texts": (row("Five.", questions=["Why?"]), "no list of objects"),
    "questions that are a number": (row("Six.", questions=7), "no list of objects"),
    "answers that are texts": (row("Seven.", questions=asked("Yes")), "no list of objects"),
    "an answer of null": (row("Eight.", questions=asked(None)), "no list of objects"),
}
REPAIRED: dict[str, tuple[Any, str]] = {
    "an impossible date": (row("Nine.", claim_date="31-2-2020"), "is no date"),
    "a date in another order": (row("Ten.", claim_date="2020-03-05"), "is no date"),
    "a date to come": (row("Eleven.", claim_date="1-1-2999"), "is impossible"),
    "a date before the web": (row("Twelve.", claim_date="1-1-0202"), "is impossible"),
    "a source without an address": (
        row("Thirteen.", questions=asked(answer(source_url="Phone call to the mayor"))),
        "is no web address; kept as text",
    ),
    "a source in a file": (
        row("Fourteen.", questions=asked(answer(source_url="file:///C:/report.pdf"))),
        "is no web address; kept as text",
    ),
    "a source that is a script": (
        row("Fifteen.", questions=asked(answer(source_url="javascript:alert(1)"))),
        "is no web address; kept as text",
    ),
    "a source with a password": (
        row("Sixteen.", questions=asked(answer(source_url="https://a:b@survey.example/"))),
        "is no web address; kept as text",
    ),
    "an archived copy without an address": (
        row("Seventeen.", questions=asked(answer(cached_source_url="see drawer"))),
        "the archived copy is no web address",
    ),
    "controls in an answer": (
        row("Eighteen.", questions=asked(answer(answer="Ye\x00s\x1b"))),
        "control characters left out of an answer",
    ),
    "controls in the claim": (row("Nine\x00teen."), "control characters left out"),
    "controls in the justification": (
        row("Twenty.", justification="So\x00 it is."),
        "control characters left out",
    ),
    "half a surrogate pair": (row("Twenty-one \ud83d."), "control characters left out"),
    "a speaker too long to be one": (row("Twenty-two.", speaker="A" * 301), "speaker left out"),
}
REFUSED: dict[str, tuple[Any, str]] = {
    "a claim too long to be one": (row("A" * 1_001), "1,001 characters; at most 1,000"),
}
