"""A page's markup, and the structured data in it: JSON-LD and microdata, as plain dictionaries.

A page with absurdly many tags or absurdly deep nesting is refused before any parser sees it whole, so that nobody can
keep a worker busy with one page. What cannot be read of the structured data is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from claims.reading.text import UnreadableArticle, gettext_noop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Item = dict[str, Any]

MAX_TAGS = 40_000
MAX_DEPTH = 200
# Of all tags, each counted as deep as it stands: so is each one's path written down. Of 59 real
# pages the deepest has 64,201 in all.
MAX_DEPTH_IN_ALL = 400_000
# The parser compares each attribute of a tag with all others of it. Scripts that compare numbers look crowded, too.
MAX_ATTRIBUTES = 1_000
_MOST_ITEMS = 200
_DEEPEST = 5
_ADDRESSES = frozenset({"url", "sameAs"})
BLOCKS = frozenset(
    "blockquote body br caption center col colgroup dd div dl dt fieldset form h1 h2 h3 h4 h5 h6 legend li optgroup "
    "option p pre table td textarea tfoot th thead tr ul".split()
)
_BLOCK = re.compile(
    r"<(?:!doctype|html|head|p|div|body|article|section|main|table|td|ul|ol|h[1-6])[\s>/]",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"(?:<br ?/?>\s*){2,}", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
# A tag with so many attributes; nothing in it is ever tried twice.
_ATTRIBUTE = r"""[\s/=]*+[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_CROWDED = re.compile(rf"<[a-zA-Z][^\s>/]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}}")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


def tree_of(source: str) -> HtmlElement:
    """Parse a page. Raises UnreadableArticle when it is too large, too deep or no HTML."""
    if source.count("<") > MAX_TAGS:
        raise UnreadableArticle(
            "data", gettext_noop("The page has more than %(limit)s tags."), limit=f"{MAX_TAGS:,}"
        )
    if _CROWDED.search(source):
        raise UnreadableArticle(
            "data",
            gettext_noop("A tag of the page has %(limit)d attributes or more."),
            limit=MAX_ATTRIBUTES,
        )
    import lxml.html  # large: loaded by who reads pages

    try:
        # Trafilatura loses the words that follow a comment within a sentence: read none.
        parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
        tree = lxml.html.document_fromstring(_in_blocks(source), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableArticle("data", gettext_noop("The page is not readable HTML.")) from error
    deepest, in_all = _depths(tree)
    if deepest > MAX_DEPTH:
        raise UnreadableArticle(
            "data", gettext_noop("The page nests more than %(limit)d tags."), limit=MAX_DEPTH
        )
    if in_all > MAX_DEPTH_IN_ALL:
        raise UnreadableArticle("data", gettext_noop("The page nests too many tags too deeply."))
    return tree


def _in_blocks(source: str) -> str:
    """Wrap a piece of a page without any block of its own: its paragraphs are set by line breaks."""
    source = _XML_DECLARATION.sub("", source)
    if _BLOCK.search(source):
        return source
    return f"<p>{_BREAKS.sub('</p><p>', source)}</p>"


def _depths(tree: HtmlElement) -> tuple[int, int]:
    """Give the depth of the deepest tag, and the sum of the depths of all."""
    import lxml.etree

    depth = deepest = in_all = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            in_all += depth
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest, in_all


def pieces_of(tree: HtmlElement) -> int:
    """Give the number of texts between the borders of blocks."""
    import lxml.etree

    pieces, begun = 0, False
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        begun = begun and element.tag not in BLOCKS
        text = element.text if event == "start" else element.tail
        if text and not begun and not text.isspace():
            pieces, begun = pieces + 1, True
    return pieces


def json_ld(tree: HtmlElement) -> Iterator[Item]:
    """Give the items of each script, read on its own, so that a broken one does not hide the others."""
    from extruct.jsonld import JsonLdExtractor  # large

    for script in tree.xpath(".//script[@type='application/ld+json']")[:_MOST_ITEMS]:
        try:
            found = JsonLdExtractor().extract_items(script)
        except (ValueError, RecursionError, AttributeError, TypeError, IndexError):
            continue
        yield from (item for item in found if isinstance(item, dict))


def scopes(tree: HtmlElement) -> Iterator[tuple[HtmlElement, Item]]:
    """Give the elements of microdata that state a type, each with an item of that type alone."""
    for scope in tree.xpath("(.//*[@itemscope and @itemtype])[position() <= 40]"):
        yield scope, {"@type": _type_of(scope)}


def scope_item(scope: HtmlElement, depth: int = 0) -> Item:
    """Give an element of microdata as an item; what is nested in it becomes items of their own."""
    item: Item = {"@type": _type_of(scope)}
    for element in _properties(scope):
        nested = element.get("itemscope") is not None and depth < _DEEPEST
        for name in element.get("itemprop", "").split():
            value = scope_item(element, depth + 1) if nested else _stated(element, name)
            item.setdefault(name, []).append(value)
    return item


def _type_of(scope: HtmlElement) -> str:
    return str(scope.get("itemtype", "")).rstrip("/")


def _properties(scope: HtmlElement) -> Iterator[HtmlElement]:
    """Give the elements of a scope that are properties of it, and of nothing nested in it."""
    waiting = list(scope)[::-1]
    while waiting:
        element = waiting.pop()
        if element.get("itemprop"):
            yield element
        if element.get("itemscope") is None:
            waiting.extend(list(element)[::-1])


def _stated(element: HtmlElement, name: str) -> str:
    href = element.get("href") if name in _ADDRESSES else None
    return str(href) if href else microdata_value(element)


def microdata_value(element: HtmlElement) -> str:
    """Give what an element says as the value of a property."""
    for attribute in ("content", "datetime"):
        if value := element.get(attribute):
            return str(value)
    named = element.find(".//*[@itemprop='name']") if element.get("itemscope") is not None else None
    if named is not None:
        return microdata_value(named)
    return plain((element.text_content() or "")[:300])


def types_of(item: Item) -> list[str]:
    """Give the names of an item's types, in lower case."""
    return [name.lower() for name in listed(item.get("@type")) if isinstance(name, str)]


def listed(value: object) -> list[object]:
    """Give a list where a page may state one thing or several."""
    return value if isinstance(value, list) else [value]


def plain(value: object) -> str:
    """Give a stated text on one line, without markup; "" where something else is stated."""
    if isinstance(value, list) and value:
        return plain(value[0])
    return " ".join(_TAGS.sub("", unescape(value)).split()) if isinstance(value, str) else ""
