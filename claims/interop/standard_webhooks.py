"""Messages as Standard Webhooks wants them: how they are written, signed and sent again.

Source: the specification at github.com/standard-webhooks/standard-webhooks (spec/standard-webhooks.md). Signatures are
of the symmetric kind, `v1`: HMAC-SHA256 over `webhook-id.webhook-timestamp.body`.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

# How long after the attempt before each next one is made: ten in three days and four hours.
SCHEDULE = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)


def secret_text(key: bytes) -> str:
    """Return a secret as people copy it: `whsec_` and base64."""
    return "whsec_" + base64.b64encode(key).decode()


def body_of(event: str, at: datetime, data: Mapping[str, Any]) -> bytes:
    """Return the body of a message: JSON with `type`, `timestamp` (RFC 3339, UTC) and `data`."""
    timestamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    message = {"type": event, "timestamp": timestamp, "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(
    message_id: str, body: bytes, *, at: datetime, keys: Iterable[bytes]
) -> dict[str, str]:
    """Return the headers of an attempt made at a moment, signed with each key."""
    timestamp = str(int(at.timestamp()))
    signed = b".".join([message_id.encode(), timestamp.encode(), body])
    signatures = [base64.b64encode(hmac.digest(key, signed, "sha256")).decode() for key in keys]
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }


def asked_to_wait(retry_after: str, *, now: datetime, most: timedelta) -> timedelta:
    """Return how long a Retry-After header (RFC 9110 §10.2.3: seconds or a date) asks to wait, at most `most`."""
    told = retry_after.strip()
    if told.isascii() and told.isdigit():
        return min(timedelta(seconds=int(told[:9])), most)
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, OverflowError):  # a year or an offset that no machine word holds
        return timedelta(0)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), most)
