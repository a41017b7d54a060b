"""Partial answers: the `fields` parameter, such as `claims(text,claimReview/textualRating),nextPageToken`.

Grammar: selections with commas between them; a selection is a name or `*`, and what is wanted below it stands behind
`/` (or `.`) or in parentheses.
"""

from __future__ import annotations

import re
from typing import Any

from claims.api.google.described import Tree

LONGEST, DEEPEST = 1_000, 10
TOKEN = re.compile(r"\s*([A-Za-z]\w*|[*/.,()])\s*", re.ASCII)


class BadMask(ValueError):
    """Raised for a `fields` that cannot be read, or that names what is in no answer; says which."""


def read_mask(text: str, known: Tree) -> Tree:
    """Return what `fields` asks for, as a tree; an empty branch means everything below it. Raises BadMask."""
    reader = _Reader(_tokens(text))
    tree = reader.selections()
    if reader.next is not None:
        raise BadMask(f"cannot be read at {reader.next!r}")
    return _checked(tree, known)


def masked(value: Any, mask: Tree) -> Any:
    """Return those parts of a JSON value that a mask names."""
    if not mask:
        return value
    if isinstance(value, list):
        return [masked(one, mask) for one in value]
    return {key: masked(value[key], below) for key, below in mask.items() if key in value}


def _tokens(text: str) -> list[str]:
    if len(text) > LONGEST:
        raise BadMask(f"is longer than {LONGEST} characters")
    found, at = [], 0
    while at < len(text):
        token = TOKEN.match(text, at)
        if token is None:
            raise BadMask(f"cannot be read at {text[at]!r}")
        found.append(token[1])
        at = token.end()
    return found


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]

    @property
    def next(self) -> str | None:
        return self.rest[-1] if self.rest else None

    def selections(self, depth: int = 0) -> Tree:
        tree: Tree = {}
        while True:
            _merge(tree, self.selection(depth))
            if self.next != ",":
                return tree
            self.rest.pop()

    def selection(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise BadMask("goes deeper than any answer")
        if self.next is None or not (self.next == "*" or self.next[0].isalpha()):
            raise BadMask("has nothing where a field must stand")
        name = self.rest.pop()
        if self.next in ("/", "."):
            self.rest.pop()
            return {name: self.selection(depth + 1)}
        if self.next != "(":
            return {name: {}}
        self.rest.pop()
        below = self.selections(depth + 1)
        if self.next != ")":
            raise BadMask("has a parenthesis that is not closed")
        self.rest.pop()
        return {name: below}


def _merge(tree: Tree, other: Tree) -> None:
    """Add a selection; whoever asked for all of a field gets all of it."""
    for name, below in other.items():
        if name in tree and tree[name] and below:
            _merge(tree[name], below)
        else:
            tree[name] = {} if name in tree else below


def _checked(tree: Tree, known: Tree) -> Tree:
    """Return a tree without its stars. Raises BadMask for a field that is in no answer."""
    whole: Tree = {}
    for name, below in tree.items():
        if name != "*" and name not in known:
            raise BadMask(f"names {name[:50]!r}, which is no field of this answer")
        for one in known if name == "*" else [name]:
            _merge(whole, {one: _checked(below, known[one])})
    return whole
