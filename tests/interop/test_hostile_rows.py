"""Whatever stands in a row, it ends as text or as a named refusal: never a crash, never half a row."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.desk_vocabulary import ImportFormat
from claims.interop.formats import UnreadableFile
from claims.interop.statements import CONTROLS, Fault, Row, Statement, is_web_address, plausible
from tests.interop.checks import MAPPING, answer, only, read, review, ruling, rumour, snapshot

LONG = "a" * 10_000_000
DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP, {"a": DEEP}] if _ < 5 else [DEEP]
HOSTILE: list[Any] = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "https://a:b@bank.example/",
    "<script>alert(1)</script>",
    "20204-01-01",
    "0202-13-45",
    "nul\x00 and \x1b",
    "half \ud83d a pair",
    "\u202egnp.exe\u202c",
    "\ufffe\uffff",
    "https://" + "x" * 5_000,
    "http://[::1",
    "",
    " \u200b",
    10**30,
    -(10**400),
    1e308,
    True,
    None,
    [],
    {},
    [[]],
    ["a", {"b": 1}],
    {"@type": ["ClaimReview"], "name": [None]},
    {"@id": "x"},
    DEEP,
]
F = ImportFormat
MADE: dict[ImportFormat, Callable[[], Any]] = {
    F.CLAIMREVIEW: review,
    F.DATAFEED: lambda: [{"item": [review()]}],
    F.GOOGLE: lambda: [answer()],
    F.POLITIFACT: lambda: [ruling()],
}


def sound(rows: list[Row]) -> None:
    """What every row must be: a named refusal, or texts and addresses that the register takes."""
    for row in rows:
        assert row.place.startswith("file0")
        if isinstance(row, Fault):
            assert row.reason
            continue
        _sound(row)


def _sound(row: Statement) -> None:
    assert 0 < len(row.wording) <= 1_000
    assert len(row.speaker) <= 300
    assert plausible(row.said_on)
    for piece in row.pieces:
        assert not piece.url or is_web_address(piece.url)
        assert not piece.archived_url or is_web_address(piece.archived_url)
        assert piece.url or piece.source_text
        assert len(piece.rating) <= 300
        assert len(piece.title) <= 600
        assert len(piece.source_text) <= 2_000
        assert piece.published_on is None or piece.published_on <= date.today()
        texts = (piece.rating, piece.title, piece.excerpt, piece.outlet, piece.source_text)
        assert not any(map(CONTROLS.search, (row.wording, row.speaker, *texts)))


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in parsed JSON."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(deeper for name, one in inside for deeper in paths(one, (*path, name)))]


def put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    value[path[0]] = put(value[path[0]], path[1:], other)
    return value


@pytest.mark.parametrize("form", MADE)
def test_every_value_may_be_hostile(form: ImportFormat) -> None:
    for path in paths(MADE[form]()):
        for other in HOSTILE:
            data = json.dumps(put(MADE[form](), path, other)).encode()
            try:
                rows = read(form, data)
            except UnreadableFile:
                assert len(path) == 0  # no list of anything
                continue
            sound(rows)


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=[]))
    | st.sampled_from([one for one in HOSTILE if isinstance(one, str)]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("form", MADE)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_mutation_of_a_record_breaks_a_reader(form: ImportFormat, data: st.DataObject) -> None:
    made = MADE[form]()
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(paths(made)[1:]))
        made = put(made, path, data.draw(ANY))
    sound(read(form, json.dumps(made).encode()))


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 900), noise=st.binary(max_size=12))
def test_no_damage_to_the_bytes_of_a_file_breaks_a_reader(cut: int, noise: bytes) -> None:
    page = f"<script type='application/ld+json'>{json.dumps(review())}</script>".encode()
    sound(read(F.CLAIMREVIEW, page[:cut] + noise + page[cut:]))
    for form in (F.GOOGLE, F.DXY, F.CSV):
        whole = {
            F.GOOGLE: json.dumps([answer()]).encode(),
            F.DXY: snapshot(rumour(1, 0, "1580454402875")),
            F.CSV: b"Claim,Who,Day,Verdict,Link\nOne is two.,A,1-1-2020,True,x\n",
        }[form]
        with suppress(UnreadableFile):
            sound(read(form, whole[:cut] + noise + whole[cut:], mapping=MAPPING))


def test_a_text_of_ten_megabytes_is_refused_or_cut_with_a_word() -> None:
    (fault,) = read(F.GOOGLE, [answer(LONG)])
    assert isinstance(fault, Fault)
    assert fault.reason == "the claim has more than 1,000 characters"
    row = only(read(F.GOOGLE, [answer(title=LONG, textualRating="False", url=LONG)]))
    assert len(row.pieces[0].title) == 600
    assert any("no web address" in note.reason for note in row.notes)
    _sound(row)


def test_a_table_with_a_cell_of_ten_megabytes_goes_on_behind_it() -> None:
    table = f"Claim,Who,Day,Verdict,Link\n{LONG},A,,True,\nTwo is two.,A,,True,\n"
    first, second = read(F.CSV, table, mapping=MAPPING)
    assert isinstance(first, Fault)
    assert first.reason.startswith("it breaks the form of the table")
    assert isinstance(second, Statement)
    assert second.wording == "Two is two."


def test_names_with_markup_are_text_and_what_leads_nowhere_is_no_link() -> None:
    (row,) = read(F.GOOGLE, [answer(url="javascript:alert(1)", title="\u202eevil")])
    assert isinstance(row, Statement)
    (piece,) = row.pieces
    assert piece.url == ""
    assert piece.source_text == "A fact-check by The Checkers: javascript:alert(1)"
    assert [note.reason for note in row.notes] == [
        "the address 'javascript:alert(1)' is no web address; kept as text"
    ]


@pytest.mark.parametrize("form", [F.DATAFEED, F.GOOGLE, F.POLITIFACT])
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_of_thousands_of_digits_ends_no_process(form: ImportFormat, sign: str) -> None:
    made = json.dumps([{"reviewRating": 0}])
    for blanks in (0, 65_536 - 2_000):  # within one piece of the file, and over two of them
        text = " " * blanks + made.replace("0", sign + "1" * 4_301)
        with pytest.raises(UnreadableFile, match="4,300 digits"):
            read(form, text.encode())
    sound(read(form, made.replace("0", sign + "1" * 4_300).encode()))


def test_a_power_that_no_number_has_is_named() -> None:
    with pytest.raises(UnreadableFile, match="not JSON"):
        read(F.GOOGLE, b'[{"text": 1e' + b"9" * 4_000 + b"}]")


def test_a_file_of_digits_is_read_in_a_moment() -> None:
    began = time.process_time()
    read(F.GOOGLE, json.dumps(["1" * 4_299] * 1_000).encode())
    assert time.process_time() - began < 3
