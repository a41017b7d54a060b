"""What JSON Feed 1.1 asks of a feed, as far as ours use it; a member that is not named here is a mistake."""

from __future__ import annotations

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
ITEM = {
    "type": "object",
    "required": ["id", "url", "title", "content_text", "content_html", "date_modified"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^tag:"},
        "url": ADDRESS,
        "title": TEXT,
        "content_text": TEXT,
        "content_html": TEXT,
        "date_published": MOMENT,
        "date_modified": MOMENT,
        "language": TEXT,
        "tags": {"type": "array", "items": TEXT},
    },
}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "next_url": ADDRESS,
        "language": TEXT,
        "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "hubs": {"type": "array", "items": {"type": "object", "required": ["type", "url"]}},
        "items": {"type": "array", "items": ITEM},
    },
}
