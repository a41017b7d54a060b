"""No sentence of the desk stands in its sources unmarked: also those in branches that no test's page shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.admin.forms import NAMES
from claims.models import HistoryEntry
from claims.models.entry import LedgerRow
from claims.workflow.machine import NAMES as VERB_NAMES
from claims.workflow.machine import TRANSITIONS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates/admin").rglob("*.html"))
SOURCES = [
    *sorted((ROOT / "claims/admin").rglob("*.py")),
    *sorted((ROOT / "claims/workflow").rglob("*.py")),
]
MARKERS = {
    *("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"),
    *("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"),
}
REFUSALS = {"RuleBroken", "PermissionDenied", "ValidationError"}
SPOKEN = {"label", "help_text", "description", "empty_label", "verbose_name", "verbose_name_plural"}
SPOKEN_NAMES = SPOKEN | {"title", "intro", "button", "done", "search_help_text", "index_title"}
ATTRIBUTES = re.compile(r'\b(?:aria-label|alt|placeholder|title|data-say-\w+)="([^"]*)"')
SPOKEN_DEFAULT = re.compile(r'\|(?:default|default_if_none|yesno|pluralize|add):"[^"]*[A-Za-z]')


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def bare_text(source: str) -> list[str]:
    """Return the words of a template outside of tags, both Django's and HTML's."""
    source = re.sub(
        r"{% blocktranslate\b.*?{% endblocktranslate %}|{% comment.*?endcomment %}|{#.*?#}"
        r"|<kbd>.*?</kbd>|{% block (?:bodyclass|coltype) %}.*?{% endblock.*?%}|\bUTC\b",
        "",
        source,
        flags=re.DOTALL,
    )
    tokens = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
    plain = tokens.sub("", source)
    spoken = [text for text in ATTRIBUTES.findall(plain) if re.search("[A-Za-z]", text)]
    text = re.sub(r"<[^>]*>|&\w+;", "\n", plain)
    return spoken + [line.strip() for line in text.splitlines() if re.search("[A-Za-z]", line)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    source = path.read_text()
    assert bare_text(source) == []
    assert not SPOKEN_DEFAULT.search(source), "a filter's own words need _()"


def test_unmarked_words_in_a_template_are_found() -> None:
    assert bare_text('{% if x %}<p class="a">Hello</p>{% endif %}') == ["Hello"]
    assert bare_text('<a title="Away" href="{% url "x" %}">{{ x }}</a>') == ["Away"]
    assert bare_text('<p>{% translate "Hello" %} · {{ x|date:"j M Y" }}</p>') == []
    assert SPOKEN_DEFAULT.search('{{ x|default:"[redacted]" }}')
    assert not SPOKEN_DEFAULT.search('{{ x|default:_("[redacted]") }}')


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    target = call.func
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def is_words(node: ast.AST) -> bool:
    """Whether an expression is text as it stands, with letters in it."""
    if isinstance(node, ast.JoinedStr):
        return any(is_words(part) for part in node.values)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(re.search("[A-Za-z]", node.value))
    )


def unmarked(tree: ast.AST) -> Iterator[int]:
    """Yield the lines on which a person is told something in words that are not marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = called(node)
            told = node.args[:1] if name in REFUSALS else []
            told += [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN]
            if any(is_words(one) for one in told):
                yield node.lineno
            if name in MARKERS and any(isinstance(one, ast.JoinedStr) for one in node.args):
                yield node.lineno  # an f-string has no entry in any catalogue
        if isinstance(node, ast.Assign):
            names = {getattr(target, "id", "") for target in node.targets}
            if names & SPOKEN_NAMES and is_words(node.value):
                yield node.lineno


def test_what_people_are_told_is_marked_for_translation() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in SOURCES
        for line in unmarked(ast.parse(path.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'raise RuleBroken("No.", field="x")',
        'raise RuleBroken(f"No {x}.")',
        'field = CharField(label="Name")',
        'x = _(f"No {x}.")',
        'title = "Page"',
    ],
)
def test_unmarked_words_in_python_are_found(source: str) -> None:
    assert list(unmarked(ast.parse(source))) == [1]


def test_why_a_text_cannot_be_read_is_marked_for_translation() -> None:
    raised = [
        (path, node)
        for path in sorted((ROOT / "claims/reading").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and called(node) in {"UnreadableArticle", "NoArticleText"}
    ]
    marked = [(path, node) for path, node in raised if isinstance(node.args[1], ast.Call)]
    assert raised == marked
    assert {called(node.args[1]) for _, node in marked} == {"gettext_noop"}  # type: ignore[arg-type]


def test_every_value_that_can_be_erased_has_a_name_on_the_desk() -> None:
    erasable = set(HistoryEntry.ERASABLE)
    for row in LedgerRow.__subclasses__():
        erasable |= {f"{row.KEY}.{name}" for name in row.ERASABLE}
    assert erasable == set(NAMES)


def test_every_verb_on_reviews_has_a_name_in_refusals() -> None:
    assert {verb for _, verb in TRANSITIONS} == set(VERB_NAMES)
