"""Hostile words in every place a person can write to stay words on every page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from claims.vocabulary import Licence
from tests.public.pages import Elements, everything, html, words

pytestmark = pytest.mark.django_db

CORPUS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></textarea><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://evil.example/x.png)",
    '[x](https://a.example "onclick=alert(1)")',
    "<javascript:alert(1)>",
    "<a href='vbscript:x'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "<!--><script>alert(1)</script>-->",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example></iframe><base href=//evil.example>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "\u202egnp.exe\u2066<b>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
]
# The slider over the versions: it is there or not as the acts fell into one second or two.
SLIDER = re.compile(r'<div class="slide".*?</script>', re.DOTALL)
RICH = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "a"}


def schemes_of(page: str) -> set[str]:
    """Return the schemes of every address on a page."""
    names = ("href", "src", "action", "cite", "formaction", "xlink:href")
    elements = Elements.of(page)
    return {urlsplit(a[name] or "").scheme for _, a in elements for name in names if name in a}


@pytest.mark.parametrize("licence", list(Licence))
@pytest.mark.parametrize("text", CORPUS)
def test_it_adds_no_element_attribute_or_scheme_to_any_page(
    client: Client, text: str, licence: Licence
) -> None:
    calm = everything("calm words", licence=licence)
    hostile = everything(text, licence=licence)
    for calm_path, path in zip(calm.paths, hostile.paths, strict=True):
        before = Elements.of(SLIDER.sub("", html(client, calm_path)))
        page = SLIDER.sub("", html(client, path))
        after = Elements.of(page)
        assert {tag for tag, _ in after} <= {tag for tag, _ in before} | RICH
        names = {name for _, attributes in before for name in attributes}
        assert {name for _, attributes in after for name in attributes} <= names
        assert schemes_of(page) <= {"", "http", "https"}
        assert "evil.example" not in {urlsplit(a.get("src") or "").netloc for _, a in after}


def test_a_scheme_that_runs_code_is_no_link_even_as_stored_evidence(client: Client) -> None:
    scene = everything("calm words")
    page = html(client, scene.paths[2])
    assert "Evidence calm words" in words(page)
    assert 'href="https://source.example/?q=1&amp;r=2"' in page
