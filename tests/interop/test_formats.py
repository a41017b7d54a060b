"""Every format gives the same statements: who said what, who checked it, and their rating word for word."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from claims.desk_vocabulary import ImportFormat, RowOutcome
from claims.interop.formats import UnreadableFile
from claims.vocabulary import EvidenceKind, RatedAs, Stance, VerificationStatus
from tests.interop.checks import (
    MAPPING,
    answer,
    faults,
    only,
    read,
    review,
    ruling,
    rumour,
    snapshot,
    statements,
)

F = ImportFormat


def script(body: str) -> str:
    return f'<html><head><script type="application/ld+json">{body}</script></head><body><p>x</p></body></html>'


MICRODATA = """<html><body><div itemscope itemtype="https://schema.org/ClaimReview">
<a itemprop="url" href="https://checkers.example/bridge">x</a>
<span itemprop="claimReviewed">The old bridge is safe.</span>
<span itemprop="author" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">The Checkers</b></span>
<span itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
<b itemprop="alternateName">False</b></span>
</div></body></html>"""
PAGES: dict[str, str] = {
    "JSON-LD": script(json.dumps(review())),
    "a body alone": json.dumps(review()),
    "with a byte order mark": "\ufeff" + json.dumps(review()),
    "a graph": script(json.dumps({"@graph": [{"@type": "WebPage"}, review()]})),
    "a comment in it": script("/* theirs */" + json.dumps(review())),
    "line breaks in a text": script(
        json.dumps(review()).replace("bridge is", "bridge\nis").replace("old ", "old ")
    ),
    "lists for objects": script(
        json.dumps([review(author=[review()["author"]], reviewRating=[review()["reviewRating"]])])
    ),
    "broken and then whole": script("{").replace("</head>", script(json.dumps(review()))),
    "microdata": MICRODATA,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_fact_check_is_read_off_a_page(name: str) -> None:
    row = only(read(F.CLAIMREVIEW, PAGES[name]))
    (piece,) = row.pieces
    assert row.wording == "The old bridge is safe."
    assert row.place == "file0 review 1"
    assert (piece.kind, piece.outlet) == (EvidenceKind.FACT_CHECK, "The Checkers")
    assert piece.url == "https://checkers.example/bridge"
    assert piece.rated_as in (RatedAs.MOSTLY_FALSE, RatedAs.FALSE)
    assert piece.stance == Stance.REFUTES
    assert not row.judgements


def test_several_on_a_page_are_as_many_rows_and_a_page_without_one_is_named() -> None:
    other = review(claimReviewed="The new bridge is late.")
    rows = read(F.CLAIMREVIEW, script(json.dumps([review(), other])), "<p>Nothing</p>", "")
    assert [row.place for row in rows] == ["file0 review 1", "file0 review 2", "file1", "file2"]
    assert {row.reason for row in faults(rows)} == {"it states no fact-check"}


def test_a_feed_is_read_element_by_element() -> None:
    feed = {
        "@type": "DataFeed",
        "dataFeedElement": [
            {"@type": "DataFeedItem", "item": [review()]},
            {"@type": "DataFeedItem", "item": None},
            {"@type": "DataFeedItem", "item": [review(), review(claimReviewed="Two.")]},
        ],
    }
    rows = read(F.DATAFEED, feed)
    assert [row.place for row in rows] == [
        "file0 dataFeedElement[0]",
        "file0 dataFeedElement[1]",
        "file0 dataFeedElement[2] review 1",
        "file0 dataFeedElement[2] review 2",
    ]
    assert statements(rows)[0].key == statements(rows)[1].key


@pytest.mark.parametrize(
    "data",
    [{"claims": [answer()], "nextPageToken": "x"}, [answer()], [{"claims": [answer()]}]],
    ids=["an answer", "claims", "answers"],
)
def test_answers_of_googles_api_are_read_however_they_were_saved(data: Any) -> None:
    row = only(read(F.GOOGLE, data))
    assert (row.wording, row.speaker, row.language) == ("The old bridge is safe.", "Ada Moro", "en")
    assert (row.said_on, row.pieces[0].published_on) == (date(2025, 3, 1), date(2025, 3, 5))
    assert (row.pieces[0].rating, row.pieces[0].title) == ("False", "Is the bridge safe?")


def test_the_same_check_has_one_key_by_whichever_door_it_comes() -> None:
    page = only(read(F.CLAIMREVIEW, review(reviewRating={"alternateName": "FALSE "})))
    assert page.key == only(read(F.GOOGLE, [answer()])).key


def test_politifacts_statement_is_markup_and_has_both_dates() -> None:
    row = only(read(F.POLITIFACT, [ruling()]))
    (piece,) = row.pieces
    assert row.wording == 'Says the old bridge "is safe."'
    assert (row.speaker, row.said_on) == ("Ada Moro", date(2016, 7, 19))
    assert (piece.rating, piece.rated_as) == ("Pants on Fire!", RatedAs.FALSE)
    assert (piece.outlet, piece.published_on) == ("PolitiFact", date(2016, 7, 20))
    assert piece.url.startswith("https://www.politifact.com/truth-o-meter/")
    assert piece.remark == "Said in: a speech\n\nParty: Greens\n\nSubjects: Bridges, Safety"


def test_rumours_come_in_the_order_of_the_crawls_and_only_as_far_as_they_changed() -> None:
    late = snapshot(rumour(7, 1, "2020-02-20 10:00:00.123"), rumour(8, 0, "2020-02-20 10:00:00"))
    early = snapshot(rumour(7, 2, "1580454402875"), rumour(8, 0, "1580454402875"))
    rows = statements(read(F.DXY, late, early))
    assert [(row.family, row.pieces[0].rating) for row in rows] == [
        ("dxy 7", "rumorType 2"),
        ("dxy 8", "rumorType 0"),
        ("dxy 7", "rumorType 1"),
    ]
    assert [row.pieces[0].published_on for row in rows][::2] == [
        date(2020, 1, 31),
        date(2020, 2, 20),
    ]
    assert rows[0].pieces[0].rated_as == RatedAs.UNPROVEN


def test_a_rumour_that_says_no_time_or_type_is_named() -> None:
    rows = read(F.DXY, snapshot(rumour(7, 5, "1580454402875"), rumour(8, 0, "soon")))
    assert [row.reason for row in faults(rows)] == [
        "the rumorType '5' is unknown",
        "the crawlTime 'soon' is no time",
    ]


TABLE = "Claim,Who,Day,Verdict,Link\nThe bridge is safe.,Ada Moro,1-3-2025,Busted!,https://w.example/1\n"


def test_a_table_is_read_by_its_mapping() -> None:
    row = only(read(F.CSV, TABLE, mapping=MAPPING))
    (piece,) = row.pieces
    assert (row.wording, row.speaker, row.said_on) == (
        "The bridge is safe.",
        "Ada Moro",
        date(2025, 3, 1),
    )
    assert (piece.outlet, piece.rating, piece.rated_as) == (
        "Bridge Watch",
        "Busted!",
        RatedAs.FALSE,
    )
    assert row.place == "file0 line 2"
    assert row.notes == []


def test_what_is_wrong_with_a_row_of_a_table_names_line_and_column() -> None:
    told = TABLE + ",Ada,2-3-2025,True,\nThe bridge is red.,Ada,31-2-2025,Opinion,\nOne.,,,,\n"
    rows = read(F.CSV, told, mapping=MAPPING)
    assert [(row.place, row.reason) for row in faults(rows)] == [
        ("file0 line 3", "column “Claim”: it states no claim"),
        ("file0 line 5", "column “Verdict”: it states no rating"),
    ]
    (note,) = statements(rows)[1].notes
    assert note.reason == "column “Day”: “31-2-2025” is no date (%d-%m-%Y); left out"


def test_a_table_may_be_a_json_list() -> None:
    rows = [{"Claim": "The bridge is safe.", "Who": None, "Verdict": "True", "Day": "", "Link": 7}]
    row = only(read(F.CSV, rows, mapping=MAPPING))
    assert (row.place, row.pieces[0].rated_as) == ("file0 row 0", RatedAs.TRUE)
    assert row.notes[0].reason == "the address '7' is no web address; kept as text"


def test_a_column_that_is_not_there_is_named_before_anything_is_read() -> None:
    with pytest.raises(UnreadableFile, match="line 1: there is no column “Verdict”"):
        read(F.CSV, "Claim,Who,Day,Link\n", mapping=MAPPING)
    with pytest.raises(UnreadableFile, match="mapping file is missing"):
        read(F.CSV, TABLE)


@pytest.mark.parametrize("form", [F.DATAFEED, F.GOOGLE, F.POLITIFACT])
@pytest.mark.parametrize(
    "data", [b"{", b"[1, 2", b'{"claims": 7}', b'[{"a": NaN}]', b"\xff\xfe", b"", b"[" * 300_000]
)
def test_a_file_that_is_none_of_the_format_is_refused_whole(
    form: ImportFormat, data: bytes
) -> None:
    with pytest.raises(
        UnreadableFile, match=r"is not JSON to|must hold a JSON list|is nested more"
    ):
        read(form, [answer()], data)


def test_a_rating_that_the_table_does_not_have_is_reported_and_kept() -> None:
    row = only(read(F.GOOGLE, [answer(textualRating="Three Herons")]))
    assert (row.pieces[0].rating, row.pieces[0].rated_as) == ("Three Herons", None)
    assert row.pieces[0].stance == Stance.CONTEXT
    (note,) = row.notes
    assert note.outcome == RowOutcome.UNKNOWN_RATING


@pytest.mark.parametrize(
    ("rating", "status"),
    [
        ("True", VerificationStatus.CONFIRMED),
        ("Confirmed", VerificationStatus.CONFIRMED),
        ("Unproven", VerificationStatus.UNCONFIRMED),
        ("Disputed", VerificationStatus.DISPUTED),
        ("Falso", VerificationStatus.DISPUTED),
    ],
)
def test_an_own_rating_becomes_a_status_of_the_day_it_was_given(
    rating: str, status: VerificationStatus
) -> None:
    row = only(read(F.GOOGLE, [answer(textualRating=rating)], as_own=True))
    (judged,) = row.judgements
    assert (judged.status, judged.effective_on) == (status, date(2025, 3, 5))
    assert (row.source, row.origin) == ("own", "The Checkers")


@pytest.mark.parametrize("rating", ["Mostly true", "Satire", "Three Herons"])
def test_an_own_rating_without_a_status_here_is_no_guess(rating: str) -> None:
    (fault,) = faults(read(F.GOOGLE, [answer(textualRating=rating)], as_own=True))
    assert fault.reason == f"the rating “{rating}” has no status here"
