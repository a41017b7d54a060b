"""Other outlets' fact-checks are read off pages, feeds and Google's API, whatever shape they are stated in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.interop.claimreview import ForeignReview, nearest_first, reviews_in, reviews_on_page
from claims.reading.text import UnreadableArticle

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checkers.example/bridge",
    "datePublished": "2025-03-05",
    "author": {"@type": "Organization", "name": "The Checkers"},
    "claimReviewed": "The old bridge is safe.",
    "reviewRating": {"@type": "Rating", "alternateName": "Mostly false", "ratingValue": "2"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "The mayor"},
        "datePublished": "2025-03-01T10:00:00+01:00",
    },
}


def page(*scripts: str, body: str = "<p>Text.</p>") -> str:
    """Return a page with scripts of JSON-LD."""
    marked_up = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    return f"<html><head>{marked_up}</head><body>{body}</body></html>"


def only(data: object) -> ForeignReview:
    """Return the one review in `data`."""
    [review] = reviews_in(data)
    return review


def test_everything_a_review_states_is_read() -> None:
    [review] = reviews_on_page(page(json.dumps(REVIEW)))
    assert review == ForeignReview(
        claim_text="The old bridge is safe.",
        rating="Mostly false",
        reviewer="The Checkers",
        published_on=date(2025, 3, 5),
        url="https://checkers.example/bridge",
        claimant="The mayor",
        said_on=date(2025, 3, 1),
    )


@pytest.mark.parametrize(
    ("rating", "kept"),
    [
        ({"alternateName": "Pants on Fire!"}, "Pants on Fire!"),
        ({"alternateName": ["False", "Faux"]}, "False"),
        ({"alternateName": "Vals&#039;"}, "Vals'"),
        ({"alternateName": "", "ratingValue": 2, "bestRating": 5, "worstRating": 1}, "2 (1–5)"),
        ({"ratingValue": "1", "bestRating": "6"}, "1 / 6"),
        ({"ratingValue": 3.5}, "3.5"),
        ({"ratingValue": "Half true"}, "Half true"),
        ({"ratingValue": True}, ""),
        ([{"alternateName": "False"}], "False"),
        ("Unproven", "Unproven"),
        ({"name": "Satire"}, "Satire"),
        (None, ""),
        (7, ""),
    ],
)
def test_a_rating_is_kept_in_its_own_words(rating: object, kept: str) -> None:
    assert only({**REVIEW, "reviewRating": rating}).rating == kept


@pytest.mark.parametrize(
    ("parts", "reviewer"),
    [
        ({"author": [{"@type": "Organization", "name": "The Checkers"}]}, "The Checkers"),
        ({"author": "The Checkers"}, "The Checkers"),
        ({"author": {"@type": "Person", "name": "Ann Lee"}}, "Ann Lee"),
        (
            {"author": {"@type": "Person", "name": "Ann Lee"}, "publisher": {"name": "The Sun"}},
            "The Sun",
        ),
        ({"author": None}, "checkers.example"),
        ({"author": {}}, "checkers.example"),
        ({"author": None, "url": None}, ""),
    ],
)
def test_the_reviewer_is_the_outlet_however_it_is_named(
    parts: dict[str, Any], reviewer: str
) -> None:
    assert only(REVIEW | parts).reviewer == reviewer


def test_what_is_referred_to_by_its_id_is_found() -> None:
    graph = [
        {**REVIEW, "author": {"@id": "#us"}, "itemReviewed": {"@id": "#claim"}},
        {"@id": "#us", "@type": "NewsMediaOrganization", "name": "The Checkers"},
        {"@id": "#claim", "@type": "Claim", "author": {"name": "The mayor"}},
    ]
    review = only({"@context": "https://schema.org", "@graph": graph})
    assert (review.reviewer, review.claimant) == ("The Checkers", "The mayor")


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW],
        {"@graph": [{"@type": "WebPage", "mainEntity": REVIEW}]},
        {"@type": "NewsArticle", "review": [REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {**REVIEW, "@type": ["ClaimReview", "Review"]},
        {**REVIEW, "@type": "http://schema.org/ClaimReview"},
        {**REVIEW, "itemReviewed": [REVIEW["itemReviewed"]]},
        {**REVIEW, "claimReviewed": ["The old bridge is safe."]},
        {
            **REVIEW,
            "claimReviewed": "",
            "itemReviewed": {**REVIEW["itemReviewed"], "text": "The old bridge is safe."},
        },
    ],
)
def test_a_review_is_found_wherever_it_is_wrapped(wrapped: object) -> None:
    review = only(wrapped)
    assert (review.claim_text, review.rating) == ("The old bridge is safe.", "Mostly false")
    assert review.claimant == "The mayor"


def test_an_answer_of_googles_api_is_read() -> None:
    answer = {
        "claims": [
            {
                "text": "The old bridge is safe.",
                "claimant": "The mayor",
                "claimDate": "2025-03-01T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"site": "checkers.example"},
                        "url": "https://checkers.example/bridge",
                        "title": "No",
                        "reviewDate": "2025-03-05T00:00:00Z",
                        "textualRating": "False",
                    },
                    "not a review",
                ],
            }
        ]
    }
    review = only(answer)
    assert (review.reviewer, review.rating, review.title) == ("checkers.example", "False", "No")
    assert (review.published_on, review.said_on) == (date(2025, 3, 5), date(2025, 3, 1))


MICRODATA = """
<div itemscope itemtype="https://schema.org/ClaimReview">
  <a itemprop="url" href="https://checkers.example/bridge">Read</a>
  <span itemprop="claimReviewed">The old  bridge is safe.</span>
  <time itemprop="datePublished" datetime="2025-03-05">yesterday</time>
  <div itemprop="author" itemscope itemtype="https://schema.org/Organization">
    <b itemprop="name">The Checkers</b></div>
  <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <meta itemprop="ratingValue" content="2"><p>Rated <i itemprop="alternateName">Mostly false</i></p></div>
  <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
    <div itemprop="author" itemscope><meta itemprop="name" content="The mayor"></div></div>
</div>
"""


def test_a_review_in_microdata_is_read_with_all_that_is_nested_in_it() -> None:
    [review] = reviews_on_page(page(body=MICRODATA))
    assert review == ForeignReview(
        claim_text="The old bridge is safe.",
        rating="Mostly false",
        reviewer="The Checkers",
        published_on=date(2025, 3, 5),
        url="https://checkers.example/bridge",
        claimant="The mayor",
    )


def test_a_review_stated_twice_is_one() -> None:
    assert len(reviews_on_page(page(json.dumps(REVIEW), json.dumps([REVIEW])))) == 1


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "<!-- not JSON -->",
        "null",
        "[1, null, {}]",
        '"ClaimReview"',
        '{"@type": "ClaimReview"}',
        '{"@type": ["ClaimReview", 7], "claimReviewed": {"a": 1}, "reviewRating": [[]]}',
        "[" * 5_000,
    ],
)
def test_a_broken_script_hides_no_other_and_raises_nothing(script: str) -> None:
    assert [one.rating for one in reviews_on_page(page(script, json.dumps(REVIEW)))] == [
        "Mostly false"
    ]


@pytest.mark.parametrize("ending", [",}", "} // the end\n", "/* the end */}"])
def test_what_editors_leave_in_a_script_does_not_hide_its_review(ending: str) -> None:
    found = reviews_on_page(page(json.dumps(REVIEW)[:-1] + ending))
    assert [one.rating for one in found] == ["Mostly false"]


def test_line_breaks_within_a_text_are_read() -> None:
    script = json.dumps(REVIEW).replace("old bridge", "old\n\tbridge")
    assert reviews_on_page(page(script))[0].claim_text == "The old bridge is safe."


def test_a_page_without_a_review_has_none() -> None:
    assert reviews_on_page(page('{"@type": "NewsArticle", "headline": "Snow"}')) == []


def test_the_claim_most_like_ours_comes_first() -> None:
    reviews = [
        ForeignReview(claim_text=text, rating="False")
        for text in ("The tunnel floods.", "The bridge was built in 1960.", "Old bridge is safe")
    ]
    ordered = nearest_first(reviews, "The old bridge is safe.")
    assert ordered[0].claim_text == "Old bridge is safe"
    assert ordered[-1].claim_text == "The tunnel floods."


def test_a_page_with_too_many_tags_is_refused() -> None:
    with pytest.raises(UnreadableArticle, match="tags"):
        reviews_on_page("<p>" * 60_001)


def test_endless_data_is_cut_off() -> None:
    many = [{**REVIEW, "claimReviewed": f"Claim {n}."} for n in range(10_000)]
    assert len(reviews_in(many)) == 50


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [*REVIEW, "@id", "@graph", "name", "text", "claimReview", "ratingValue"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@given(JSON)
def test_no_shape_of_data_raises(data: object) -> None:
    for review in reviews_in([data, {**REVIEW, "itemReviewed": data, "reviewRating": data}]):
        assert isinstance(review.rating, str)
