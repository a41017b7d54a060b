"""The closed classes of English that the rules lean on: pronouns, auxiliaries, prepositions, times."""

from __future__ import annotations

from typing import Final

from claims.reading.sentences import Item

PRONOUNS: Final = frozenset("he she they i we you it".split())
RELATIVES: Final = frozenset("who which".split())
DEMONSTRATIVES: Final = frozenset(
    "one some many most other others both several few another neither each none this these those that".split()
)
BREAKS: Final = frozenset(
    """that because as while when whereas although though if unless until but or so than what how why whether
    where yet nor like once whom whose he she they i we you it him them us me""".split()
)
LINKS: Final = frozenset("after before since except and".split())
AUXILIARIES: Final = frozenset(
    "is are was were be been being am has have had do does did will would can could may might shall should must "
    "isn aren wasn weren hasn haven hadn don doesn didn won wouldn couldn shouldn cannot ain".split()
)
LEADING: Final = frozenset(
    """meanwhile however still then later also and but so yet again earlier today yesterday afterward afterwards
    instead thus therefore nonetheless nevertheless moreover furthermore additionally indeed or now even only not
    just once monday tuesday wednesday thursday friday saturday sunday recently previously separately
    overall similarly likewise finally first second third ultimately further both when as while although though after
    because since where that whether if""".split()
)
PREPOSITIONS: Final = frozenset(
    """in on at by with for during from after before to into about against among since under over through
    despite without within via amid following throughout toward towards upon between behind above per of""".split()
)
DETERMINERS: Final = frozenset(
    """the a an his her their its my our your this these those some many most several both one two three four
    five six seven eight nine ten few no any another other each every all half nearly about roughly almost
    more fewer""".split()
)
WEEKDAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
CALENDAR: Final = WEEKDAYS | frozenset(
    "week month year morning afternoon evening night spring summer fall autumn winter".split()
)
TIMES: Final = (
    WEEKDAYS
    | frozenset(
        "today yesterday tonight recently later earlier last this next then also again there here now ago".split()
    )
)  # fmt: skip
STOPS: Final = frozenset(
    """on in during after before to as when while about by via through because if that who which whom where
    following and but amid since until despite with outside inside upon told said""".split()
)
_LY_NOUNS: Final = frozenset(
    """family assembly supply reply monopoly anomaly elderly daily weekly monthly ally bully rally tally only early
    nearly roughly friendly likely""".split()
)


def is_adverb(item: Item) -> bool:
    """Whether the word ends like an adverb ("strongly") and is not one of the nouns that do so."""
    return (
        item.low.endswith("ly")
        and not item.upper
        and len(item.low) > 4
        and item.low not in _LY_NOUNS
    )
