"""Which members of an answer a client wants: `fields` names some, `expand` adds what is otherwise read elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from rest_framework.serializers import ListSerializer, Serializer

from claims.api.parameters import Parameters
from claims.api.reasons import Reason
from claims.document_parts import Part

SHOWN = ("fields", "expand")
MOST_FIELDS = 100
Shape = type[Serializer[Any]]
# The members that are wanted, each with those wanted of it; nothing below one that is wanted whole.
Tree = dict[str, "Tree"]


class Shown:
    """What a request wants of each item of the kind described by `shape`; what cannot be had is noted in `asked`."""

    def __init__(
        self,
        asked: Parameters,
        shape: Shape,
        *,
        expansions: Collection[str] = (),
        unknown_then: Mapping[str, str] | None = None,
    ) -> None:
        self.expand = frozenset(_expand(asked, expansions))
        for name in sorted(self.expand & (unknown_then or {}).keys()):
            told = f"{name} cannot be had of the past: {(unknown_then or {})[name]}"
            asked.refuse("expand", told, Reason.PAST)
        optional = {name for name in expansions if name not in self.expand}
        self.tree = _fields(asked, shape, without=optional & _optional(shape))

    def __bool__(self) -> bool:
        """Whether anything but what is stored is wanted."""
        return bool(self.tree or self.expand)

    def wants(self, name: str) -> bool:
        """Whether that member of an item is wanted."""
        return not self.tree or name in self.tree

    def of(self, part: Part) -> Part:
        """Return what is wanted of an item."""
        return _pruned(part, self.tree) if self.tree else part


def _expand(asked: Parameters, known: Collection[str]) -> list[str]:
    text = asked.given.get("expand")
    names = [] if text is None else text.split(",")
    for name in names:
        if name not in known:
            told = f"{name[:60]!r} cannot be expanded here; known: {', '.join(known)}"
            asked.refuse("expand", told)
    if len(set(names)) < len(names):
        asked.refuse("expand", "names a member twice")
    return names


def _fields(asked: Parameters, shape: Shape, *, without: Collection[str]) -> Tree:
    text = asked.given.get("fields")
    if text is None:
        return {}
    paths = text.split(",")
    if len(paths) > MOST_FIELDS:
        asked.refuse("fields", f"names more than {MOST_FIELDS} members")
        return {}
    tree: Tree = {}
    for path in paths:
        names = path.split(".")
        if not _is_path(shape, names):
            asked.refuse("fields", f"{path[:60]!r} is not a member of what is answered here")
        elif names[0] in without:
            told = f"{path!r} is there only with expand={names[0]}"
            asked.refuse("fields", told, Reason.COMBINATION)
        else:
            _plant(tree, names)
    return tree


@cache
def _optional(shape: Shape) -> frozenset[str]:
    """Return what an answer may leave out: kept, because a shape takes longer to make than a page to read."""
    return frozenset(name for name, field in shape().fields.items() if not field.required)


def _is_path(shape: Shape, names: list[str]) -> bool:
    part: Any = shape()
    for name in names:
        part = part.child if isinstance(part, ListSerializer) else part
        if not isinstance(part, Serializer) or name not in part.fields:
            return False
        part = part.fields[name]
    return True


def _plant(tree: Tree, names: list[str]) -> None:
    """Add a path; a member that is wanted whole stays whole."""
    name, *below = names
    if not below:
        tree[name] = {}
    elif name not in tree:
        tree[name] = {}
        _plant(tree[name], below)
    elif tree[name]:
        _plant(tree[name], below)


def _pruned(part: Any, tree: Tree) -> Any:
    if isinstance(part, list):
        return [_pruned(item, tree) for item in part]
    if not isinstance(part, dict) or not tree:
        return part
    return {name: _pruned(part[name], below) for name, below in tree.items() if name in part}
