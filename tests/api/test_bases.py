"""The quick way of making a document's addresses absolute gives what the plain way gives."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import documents
from claims.api.bases import absolute_json

BASE = "https://register.example"
HOSTILE = st.sampled_from(['"url":"/', '\\"url":"/', '","html_url":"/x', '/a"', "\\", '{"url":"/'])
TEXTS = st.text(max_size=20) | HOSTILE | st.text('"\\:/url,{}', max_size=30)
KEYS = st.sampled_from([*documents.URL_KEYS, "text", "source_url"]) | TEXTS
DOCUMENTS = st.recursive(
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1),  # as canonical JSON has them
    lambda part: st.lists(part, max_size=4) | st.dictionaries(KEYS, part, max_size=4),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_both_ways_give_the_same(document: Any) -> None:
    quick = absolute_json(documents.encode(document), BASE)
    assert json.loads(quick) == documents.absolute(document, BASE)
