"""Why what was sent as the description says is refused all the same: one word for programs, beside the reason in words.

An error without such a word is one that the description foresees: whoever follows the description never meets it.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What only the register can know to be wrong. A word is a promise: none is changed or used for something else."""

    TO_COME = "to_come"
    NO_MOMENT = "no_moment"
    COMBINATION = "combination"
    PAST = "past"
    CURSOR = "cursor"
    NO_TEXT = "no_text"
    NO_ADDRESS = "no_address"
    UNKNOWN = "unknown"
    RULE = "rule"


MEANINGS: dict[Reason, str] = {
    Reason.TO_COME: "a day or moment that has not come",
    Reason.NO_MOMENT: "no moment of the calendar and the clock",
    Reason.COMBINATION: "it needs, or cannot stand beside, something else that was or was not sent",
    Reason.PAST: "the history does not hold it, so it is not known of the past",
    Reason.CURSOR: "no cursor of this list with these filters",
    Reason.NO_TEXT: "a text in which nothing can be read",
    Reason.NO_ADDRESS: "no address of the web or of a mailbox that can be used",
    Reason.UNKNOWN: "it names nothing that readers or the key's person know",
    Reason.RULE: "a rule of the register forbids it",
}
