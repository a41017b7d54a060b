"""Seed files, read: a story is refused whole unless every field and reference fits.

Nothing here touches the database; `seeding` plays what was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import yaml

from claims.management import seed_format
from claims.vocabulary import Verb

Item = dict[str, Any]
LISTS = ("publishers", "claimants", "articles", "topics", "claims")
REFERS = {
    "publisher": "publishers",
    "claimant": "claimants",
    "speaker": "claimants",
    "article": "articles",
    "topics": "topics",
    "into": "claims",
    "other": "claims",
    "merged_into": "claims",
}
NAMES = {Verb.ADD_EVIDENCE: "evidence", Verb.OPEN_REVIEW: "review"}
REFERS_TO_NAMES = {"evidence": "evidence", "same_origin_as": "evidence", "review": "review"}


class SeedError(Exception):
    """A seed file cannot be loaded; the message says where and why."""


@dataclass(frozen=True)
class Spot:
    """A place in a seed file, for telling people where to look."""

    file: str
    trail: tuple[str, ...] = ()

    def at(self, part: str) -> Spot:
        """Return the place `part` within this one."""
        return replace(self, trail=(*self.trail, part))

    def refuse(self, reason: object) -> NoReturn:
        """Raise SeedError for this place."""
        raise SeedError(f"{self.file}: {', '.join(self.trail) or 'the file'}: {reason}.")


@dataclass(frozen=True)
class Act:
    """One act on one claim: a verb, who uses it, with what, and the name later acts know it by."""

    verb: Verb
    by: str
    name: str
    arguments: Item
    spot: Spot


@dataclass(frozen=True)
class SeedClaim:
    """One claim of a story, with what becomes of it."""

    key: str
    values: Item
    appearances: list[Item]
    acts: list[Act]
    expect: Item
    spot: Spot


@dataclass(frozen=True)
class Story:
    """One seed file: things by their key, and the claims in their order."""

    name: str
    publishers: dict[str, Item] = field(default_factory=dict)
    claimants: dict[str, Item] = field(default_factory=dict)
    articles: dict[str, Item] = field(default_factory=dict)
    topics: dict[str, Item] = field(default_factory=dict)
    claims: dict[str, SeedClaim] = field(default_factory=dict)


def read_stories(path: Path) -> list[Story]:
    """Read a seed file, or all of a folder in the order of their names."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise SeedError(f"{path}: there is no seed file (*.yaml) here.")
    return [read_story(file) for file in files]


def read_story(file: Path) -> Story:
    """Read one seed file. Raises SeedError naming the first thing that does not fit."""
    spot = Spot(file.name)
    lists = _fields(_parsed(file, spot), dict.fromkeys(LISTS, seed_format.listed), spot)
    story = Story(
        file.stem,
        publishers=_things("publisher", lists, seed_format.PUBLISHER, spot),
        claimants=_things("claimant", lists, seed_format.CLAIMANT, spot),
        articles=_things("article", lists, seed_format.ARTICLE, spot),
        topics=_things("topic", lists, seed_format.TOPIC, spot),
    )
    for key, article in story.articles.items():
        article["text"] = "\n\n".join(article.pop("paragraphs"))
        _check_references(article, story, spot.at(f"article {key}"))
    for number, raw in enumerate(lists.get("claims", []), start=1):
        claim = _claim(raw, story, spot.at(_label("claim", raw, number)))
        story.claims[claim.key] = claim
    return story


class _Loader(yaml.SafeLoader):
    """YAML in which a field given twice is an error, not a silent loss of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  (PyYAML's)
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                mark = f"line {key_node.start_mark.line + 1}"
                raise yaml.YAMLError(f"the field {key!r} is given twice ({mark})")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def _parsed(file: Path, spot: Spot) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a SafeLoader)
    except OSError as error:
        spot.refuse(f"it cannot be read: {error.strerror}")
    except (UnicodeError, ValueError, TypeError, yaml.YAMLError) as error:
        spot.refuse(f"this is not readable YAML: {' '.join(str(error).split())}")


def _label(kind: str, raw: object, number: int) -> str:
    key = raw.get("key") if isinstance(raw, dict) else None
    return f"{kind} {key}" if isinstance(key, str) else f"{kind} no. {number}"


def _fields(raw: Any, fields: seed_format.Fields, spot: Spot) -> Item:
    """Return the values of `raw`, each read by its reader."""
    if not isinstance(raw, dict):
        spot.refuse("a set of fields is expected here")
    readers = {name.rstrip("!"): reader for name, reader in fields.items()}
    for name in raw:
        if name not in readers:
            spot.at(f"field {name}").refuse("there is no such field here")
    for name in fields:
        if name.endswith("!") and name.rstrip("!") not in raw:
            spot.at(f"field {name.rstrip('!')}").refuse("it is missing")
    return {
        name: _value(readers[name], value, spot.at(f"field {name}")) for name, value in raw.items()
    }


def _value(reader: seed_format.Reader, value: Any, spot: Spot) -> Any:
    try:
        return reader(value)
    except ValueError as error:
        spot.refuse(error)


def _things(kind: str, lists: Item, fields: seed_format.Fields, spot: Spot) -> dict[str, Item]:
    """Return the publishers, claimants, articles or topics of a file by their key."""
    things: dict[str, Item] = {}
    for number, raw in enumerate(lists.get(f"{kind}s", []), start=1):
        here = spot.at(_label(kind, raw, number))
        item = _fields(raw, {"key!": seed_format.text, **fields}, here)
        things[_new_key(item, things, here)] = item
    return things


def _new_key(item: Item, taken: Mapping[str, object], spot: Spot) -> str:
    key = str(item.pop("key"))
    if key in taken:
        spot.at("field key").refuse(f"“{key}” is the key of another one already")
    return key


def _check_references(item: Item, story: Story, spot: Spot) -> None:
    """Refuse a publisher, claimant, speaker, article, topic or claim that the file does not hold."""
    for name, things in REFERS.items():
        for each in _listed(item.get(name, [])):
            if each not in getattr(story, things):
                reason = f"there is no “{each}” among the {things} of this file so far"
                spot.at(f"field {name}").refuse(reason)


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _claim(raw: Any, story: Story, spot: Spot) -> SeedClaim:
    values = _fields(raw, {"key!": seed_format.text, **seed_format.CLAIM}, spot)
    key = _new_key(values, story.claims, spot)
    _check_references(values, story, spot)
    expect = _fields(values.pop("expect", {"status": None}), seed_format.EXPECT, spot.at("expect"))
    _check_references(expect, story, spot.at("expect"))
    appearances = [
        _appearance(each, story, spot.at(f"appearance {number}"))
        for number, each in enumerate(values.pop("appearances", []), start=1)
    ]
    names: dict[str, str] = {}
    acts = [
        _act(each, number, names, story, spot)
        for number, each in enumerate(values.pop("acts", []), start=1)
    ]
    return SeedClaim(key, values, appearances, acts, expect, spot)


def _appearance(raw: Any, story: Story, spot: Spot) -> Item:
    values = _fields(raw, seed_format.APPEARANCE, spot)
    _check_appearance(values, story, spot)
    return values


def _check_appearance(values: Item, story: Story, spot: Spot) -> None:
    _check_references(values, story, spot)
    found = story.articles[values["article"]]["text"].count(values["exact"])
    if found != 1:
        reason = f"the quote stands {found} times in article {values['article']}, not once"
        spot.at("field exact").refuse(reason)


def _act(raw: Any, number: int, names: dict[str, str], story: Story, spot: Spot) -> Act:
    """Read one act; `names` holds what earlier acts brought about, and learns this one's."""
    verb = _verb(raw, spot.at(f"act {number}"))
    here = spot.at(f"act {number} ({verb})")
    common = {"verb!": seed_format.text, "by!": seed_format.PERSON}
    named = {"as": seed_format.text} if verb in NAMES else {}
    values = _fields(raw, {**common, **named, **seed_format.ACTS[verb]}, here)
    del values["verb"]
    by, name = values.pop("by"), values.pop("as", "")
    if verb == Verb.ADD_APPEARANCE:
        _check_appearance(values, story, here)
    _check_references(values, story, here)
    _check_names(values, names, here)
    if name in names:
        here.at("field as").refuse(f"“{name}” is the name of an earlier act already")
    if name:
        names[name] = NAMES[verb]
    return Act(verb, by, name, values, here)


def _verb(raw: Any, spot: Spot) -> Verb:
    word = raw.get("verb") if isinstance(raw, dict) else None
    if not isinstance(word, str) or word not in seed_format.ACTS:
        allowed = ", ".join(seed_format.ACTS)
        spot.at("field verb").refuse(f"must be one of {allowed}, not {word!r}")
    return Verb(word)


def _check_names(values: Item, names: Mapping[str, str], spot: Spot) -> None:
    """Refuse evidence or a review that no earlier act of the claim brought about."""
    for name, kind in REFERS_TO_NAMES.items():
        for each in _listed(values.get(name, [])):
            if names.get(each) != kind:
                reason = f"no earlier act of this claim brought about {kind} named “{each}”"
                spot.at(f"field {name}").refuse(reason)
