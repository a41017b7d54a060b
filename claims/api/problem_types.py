"""The kinds of refusals and failures: each has an address of its own (RFC 9457, 3.1.1) that says what to do about it.

A slug is a promise: programs compare the addresses, so none is changed or used for something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem: its short title, the status it comes with, and what to do about it."""

    slug: str
    title: str
    status: HTTPStatus
    advice: str


_ALL: Final = (
    ProblemType(
        "bad-parameters",
        "Parameters that cannot be used",
        HTTPStatus.BAD_REQUEST,
        "A parameter of the address is unknown, given twice, empty, malformed or in the future, or a cursor is not of "
        "this list. `errors` names each with the reason. Sending the same again gives the same answer.",
    ),
    ProblemType(
        "bad-body",
        "A body that cannot be read",
        HTTPStatus.BAD_REQUEST,
        "The body is not one JSON object in UTF-8: it is broken off, names a member twice, holds NUL, half of a "
        "character or a number that is none, or is nested too deeply. Where the place is known, `errors` points to it.",
    ),
    ProblemType(
        "bad-idempotency-key",
        "An Idempotency-Key that is missing or malformed",
        HTTPStatus.BAD_REQUEST,
        "Every write needs the header Idempotency-Key: 1 to 255 visible ASCII characters of your own, such as a UUID, "
        "in quotation marks or without. Use one for each thing to be written, and the same when you try it again.",
    ),
    ProblemType(
        "unreadable",
        "A request that cannot be read",
        HTTPStatus.BAD_REQUEST,
        "The request is malformed, or was sent to a host name that is not one of the register's.",
    ),
    ProblemType(
        "key-needed",
        "A key is needed",
        HTTPStatus.UNAUTHORIZED,
        "This takes a key of the API, sent as Authorization: Bearer and the key. People of the desk issue keys there.",
    ),
    ProblemType(
        "key-not-valid",
        "A key that is not valid",
        HTTPStatus.UNAUTHORIZED,
        "What Authorization holds is no key of this register, or one that has expired, was revoked, or belongs to an "
        "account that is closed. Nothing was done. Reads need no key: leave the header out.",
    ),
    ProblemType(
        "scope-missing",
        "A key without the scope",
        HTTPStatus.FORBIDDEN,
        "The key is not good for this. WWW-Authenticate names the scope; issue a key that has it.",
    ),
    ProblemType(
        "not-permitted",
        "Not permitted",
        HTTPStatus.FORBIDDEN,
        "The person whom the key acts for may not do this, or not any more: no key is good for more than its owner is.",
    ),
    ProblemType(
        "not-found",
        "Nothing here",
        HTTPStatus.NOT_FOUND,
        "Nothing public has this address. What is not published is answered exactly like what never was.",
    ),
    ProblemType(
        "not-published-then",
        "Not published then",
        HTTPStatus.NOT_FOUND,
        "The claim is public now, and was not at the moment asked about. Ask for a later one.",
    ),
    ProblemType(
        "not-in-effect-then",
        "No verdict in effect then",
        HTTPStatus.NOT_FOUND,
        "The claim was public, and no verdict known then was in effect on the day asked about.",
    ),
    ProblemType(
        "method-not-allowed",
        "A method that is not there",
        HTTPStatus.METHOD_NOT_ALLOWED,
        "This address knows the methods that Allow names and no others.",
    ),
    ProblemType(
        "not-acceptable",
        "A media type that is not there",
        HTTPStatus.NOT_ACCEPTABLE,
        "This address cannot be had in any of the media types of the Accept header.",
    ),
    ProblemType(
        "log-began-anew",
        "The log began anew",
        HTTPStatus.GONE,
        "This register was brought back to an earlier state, and what a cursor of `changes/` knows last is not in its "
        "log. Begin anew, without a cursor.",
    ),
    ProblemType(
        "against-the-rules",
        "A rule of the register forbids it",
        HTTPStatus.CONFLICT,
        "As things stand, a rule of the register forbids this, such as adding to a claim that was merged into "
        "another. `detail` says which. Nothing was written.",
    ),
    ProblemType(
        "being-written",
        "The same is being written just now",
        HTTPStatus.CONFLICT,
        "A request with this Idempotency-Key is under way. Wait as Retry-After says and send it again: you will be "
        "given the answer of the first.",
    ),
    ProblemType(
        "precondition-failed",
        "Another version",
        HTTPStatus.PRECONDITION_FAILED,
        "The version named in If-Match, or the date in If-Unmodified-Since, is not that of what is there. Read it "
        "again, look at what changed, and decide anew.",
    ),
    ProblemType(
        "too-large",
        "A body that is too large",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The body is larger than this address takes; `detail` says how much that is.",
    ),
    ProblemType(
        "not-json",
        "A body that is not JSON",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Bodies are taken as application/json in UTF-8, not compressed.",
    ),
    ProblemType(
        "values-not-usable",
        "Values that cannot be used",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The body is JSON, and what it says cannot be taken. `errors` points to each member at fault (RFC 6901) with "
        "the reason. Nothing was written, and the Idempotency-Key is still free.",
    ),
    ProblemType(
        "nothing-to-read",
        "No text to look through",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "What was sent to `match/` holds no text of an article, or is an address that is not fetched. `errors` says "
        "why in one word as `reason`.",
    ),
    ProblemType(
        "page-not-answered",
        "The page's server does not answer",
        HTTPStatus.BAD_GATEWAY,
        "The server of the page that `match/` was to fetch gave no usable answer. Try later, or send the text.",
    ),
    ProblemType(
        "idempotency-key-reused",
        "An Idempotency-Key that was used for something else",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Another request came with this Idempotency-Key before, to another address or with another body. Nothing was "
        "written. Use a new one for each thing to be written.",
    ),
    ProblemType(
        "version-needed",
        "If-Match is needed",
        HTTPStatus.PRECONDITION_REQUIRED,
        "Whoever adds to a claim says which version of it they have seen (RFC 6585, 3): send its ETag as If-Match.",
    ),
    ProblemType(
        "failed",
        "The register failed",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "This is a fault of ours, and it was recorded. A write that ends so wrote nothing.",
    ),
    ProblemType(
        "down",
        "The register cannot answer just now",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The database does not answer in time. Try again as Retry-After says.",
    ),
)
TYPES: Final = {kind.slug: kind for kind in _ALL}
OF_STATUS: Final = {int(kind.status): kind for kind in reversed(_ALL)} | {
    status: TYPES[slug]
    for status, slug in ((400, "unreadable"), (401, "key-needed"), (403, "not-permitted"))
}
