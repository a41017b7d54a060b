"""The shapes of `match/`: what is sent, what is found, and how it is refused."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from claims.api.match_body import DEFAULT_LIMIT, LARGEST_BODY, LONGEST_URL, MAX_LIMIT
from claims.api.problems import MEDIA_TYPE
from claims.api.reasons import Reason
from claims.api.shapes.claim import ClaimSummarySerializer
from claims.api.shapes.problem import ProblemSerializer
from claims.languages import LONGEST_TAG, TAG
from claims.matching.given import LONGEST_TEXT, Why
from claims.matching.occurrences import MOST_SENTENCES, SHORTEST_SENTENCE
from claims.search.public import LEAST

REFUSALS = {
    400: "The body is no JSON object in UTF-8, or a parameter stands in the address.",
    401: "Authorization holds no key that is valid.",
    403: "The key is not good for this, or its owner is not.",
    406: "The Accept header asks for another media type.",
    413: f"The body is larger than {LARGEST_BODY:,} bytes.",
    415: "The body is not application/json.",
    422: "A member cannot be used, or what was sent holds no text; `errors` points to each and says why.",
    429: "Too many texts or links; wait as Retry-After says.",
    500: "A fault of ours. It was recorded.",
    502: "The server of the page gave no usable answer.",
    503: "The database does not answer in time; try again as Retry-After says.",
}
OPTIONS: dict[str, Any] = {
    "language": {
        "type": "string",
        "pattern": f"^{TAG.pattern}$",
        "maxLength": LONGEST_TAG,
        "description": "Only claims worded in this language (BCP 47).",
    },
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": MAX_LIMIT,
        "default": DEFAULT_LIMIT,
        "description": "How many claims at most for each sentence.",
    },
    "min_score": {
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "default": LEAST,
        "description": "Only claims with this score or more; the default is what readers are shown.",
    },
}
SEEN = r"^[^\x00]*[^\s\x00][^\x00]*$"  # not blank, and without NUL
TEXT = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST_TEXT,
    "pattern": SEEN,
    "description": "A text, as it was written.",
}
HTML = {
    "type": "string",
    "minLength": 1,
    "pattern": SEEN,
    "description": "The HTML of a page; its article is taken out.",
}
URL = {
    "type": "string",
    "pattern": r"^https?://[^\s\x00-\x1f\x7f-\x9f]*$",
    "maxLength": LONGEST_URL,
    "description": "The address of a page: fetched where it stands alone, believed where it stands beside `html`.",
}


def _one(required: str, **own: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [required],
        "properties": {**own, **OPTIONS},
        "additionalProperties": False,
    }


MATCH_BODY = {
    "oneOf": [_one("text", text=TEXT), _one("html", html=HTML, url=URL), _one("url", url=URL)]
}


class MatchedClaimSerializer(ClaimSummarySerializer):
    """A claim that a sentence may repeat."""

    textual_rating = serializers.CharField(
        allow_null=True,
        help_text="The status for programs that search a rating for words; null where there is no verdict.",
    )


class PassageSerializer(serializers.Serializer[Any]):
    """A place in the text, in code points."""

    exact = serializers.CharField(help_text="The words as they stand there.")
    start = serializers.IntegerField(help_text="Where they begin; the first code point is 0.")
    end = serializers.IntegerField(help_text="Behind their last code point.")
    sentence = serializers.IntegerField(
        help_text=f"Which sentence they are of, counted from 0; of those with {SHORTEST_SENTENCE} characters or more."
    )


class MatchedSerializer(serializers.Serializer[Any]):
    """A passage and a claim that it may repeat."""

    claim = MatchedClaimSerializer()
    passage = PassageSerializer()
    match = serializers.ChoiceField(
        ["exact", "near"],
        help_text="`exact`: the claim's words stand there, in their order and without a gap; the passage is they. "
        "`near`: the sentence shares words with the claim; the passage is the sentence.",
    )
    score = serializers.FloatField(
        min_value=0,
        max_value=1,
        help_text="How alike both are, from 0, nothing in common, to 1, the same words; see docs/matching.md.",
    )


class ReadArticleSerializer(serializers.Serializer[Any]):
    """An article of the register."""

    id = serializers.CharField()
    url = serializers.URLField(
        help_text="This article in the API, with the claims that people found in it."
    )
    html_url = serializers.URLField(help_text="This article's public page.")


class ReadSerializer(serializers.Serializer[Any]):
    """What was looked through."""

    url = serializers.CharField(
        allow_null=True, help_text="Where the page was found, after redirects; or as it was sent."
    )
    article = ReadArticleSerializer(
        allow_null=True, help_text="The register's own article of that address, where there is one."
    )
    title = serializers.CharField(allow_null=True, help_text="The title of the page.")
    language = serializers.CharField(
        allow_null=True, help_text="The language of the text, as the page says or its words tell."
    )
    sha256 = serializers.CharField(
        help_text="The digest of the text in UTF-8: places are places in it."
    )
    text = serializers.CharField(
        allow_null=True,
        help_text="The text that places are counted in: NFC, lines end with \\n, no control characters, of a page its "
        "article alone. Null for a page that we fetched.",
    )
    characters = serializers.IntegerField(help_text="The code points of the text.")
    sentences = serializers.IntegerField(
        help_text=f"How many different sentences were looked up, {MOST_SENTENCES} at most."
    )
    sentences_left_out = serializers.IntegerField(help_text="How many came after them.")
    truncated = serializers.BooleanField(
        help_text=f"Whether there was more: sentences, or characters after the first {LONGEST_TEXT:,}."
    )


class MatchSerializer(serializers.Serializer[Any]):
    """The claims that occur in a text, in its order; of one sentence, the highest score first."""

    read = ReadSerializer()
    matches = MatchedSerializer(many=True)


class MemberErrorSerializer(serializers.Serializer[Any]):
    """One member of the body that cannot be used."""

    pointer = serializers.CharField(
        allow_blank=True, help_text="Where it is: a JSON pointer (RFC 6901)."
    )
    detail = serializers.CharField(help_text="What is wrong with it.")
    reason = serializers.ChoiceField(
        [word.value for word in (*Why, *Reason)],
        required=False,
        help_text="In one word, where only the register could know; and why it holds no text.",
    )


class MemberProblemSerializer(ProblemSerializer):
    """A problem document (RFC 9457) about members of the body."""

    errors = MemberErrorSerializer(many=True)  # type: ignore[assignment]  # RFC 9457's own example


def match_refusals() -> dict[tuple[int, str], OpenApiResponse]:
    """Return the problems that `match/` may answer with."""
    pointed = (422, 502)
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            MemberProblemSerializer if status in pointed else ProblemSerializer, description=told
        )
        for status, told in REFUSALS.items()
    }
