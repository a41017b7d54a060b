"""What is exchanged with others: imports, a key of the API, a webhook with its messages; every word of them Greek."""

from __future__ import annotations

from claims.desk_vocabulary import TOLD_EVENTS, Scope
from claims.models import User
from claims.workflow import disable_webhook, issue_api_key, ping_webhook, set_up_webhook
from tests.admin.scene_imports import imports


def machines(by: User) -> None:
    """Import files; issue a key; set up a webhook and ask for a test of it, and one that is off."""
    imports(by)
    issue_api_key(by, name="Πρόγραμμα", scopes=[Scope.READ], days=30, by=by)
    events = [event.value for event in TOLD_EVENTS]
    address = "https://hooks.example/παραλήπτης"
    told, silent = (
        set_up_webhook(url=address, description="Παραλήπτης", events=events, by=by).webhook
        for _ in range(2)
    )
    ping_webhook(told, by=by)
    disable_webhook(silent, by=by)
