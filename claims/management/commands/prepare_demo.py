"""manage.py prepare_demo: make a demo register ready to serve, and say what to look at."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from claims import documents
from claims.management.console import OperatorCommand
from claims.management.demo_work import leave_work
from claims.management.people import CAST, ensure_admin, ensure_cast, give_passwords
from claims.management.seeding import loaded_claim
from claims.models import User

SHOWPIECE = ("kursk-2024", "deployment")
TO_TRY = """
To try:
  Read the verdict that changed, then the same claim as it stood before.
  Sign in as editor: a verdict waits for your yes, and the desk shows what it changes.
  Propose a verdict as reviewer and approve it as editor: nobody can do both.
  Bring an article in:           .venv/bin/python manage.py ingest FILE_OR_ADDRESS
  Check a history offline:       .venv/bin/python manage.py export_claim {claim} -o bundle.json
                                 .venv/bin/python -m claims.verify bundle.json

"""
NEW_PASSWORDS = "FACTCHECK_MODE=demo .venv/bin/python manage.py prepare_demo --new-passwords"


class Command(OperatorCommand):
    """Migrate, make the demo accounts, load the seeds, collect static files; print where to go."""

    help = "Make the demo register ready to serve. Run again, it keeps what is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="The port it will be served on")
        parser.add_argument(
            "--new-passwords", action="store_true", help="Give the demo accounts new passwords"
        )

    def handle(self, *args: Any, port: int | None, new_passwords: bool, **options: Any) -> None:
        if settings.FACTCHECK_MODE != "demo":
            raise CommandError(
                "prepare_demo makes accounts for anybody to try: it runs with FACTCHECK_MODE=demo only."
            )
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_seeds", stdout=self.stdout)
        leave_work(ensure_cast())
        call_command("collectstatic", verbosity=0, interactive=False)
        self._tell_where_to_go(f"http://127.0.0.1:{port}" if port else settings.FACTCHECK_BASE_URL)
        # Last, so that no password is given that nobody gets to see.
        self._tell_passwords(give_passwords(accounts(), anew=new_passwords))

    def _tell_where_to_go(self, base: str) -> None:
        for label, address in places(base):
            self.stdout.write(f"  {label:<26} {address}")
        claim = loaded_claim(*SHOWPIECE)
        self.stdout.write(TO_TRY.format(claim=claim.public_id if claim else "ID"))

    def _tell_passwords(self, given: dict[str, str]) -> None:
        if not given:
            self.stdout.write(
                "The accounts' passwords were printed when they were given. "
                f"For new ones:\n  {NEW_PASSWORDS}\n"
            )
            return
        self.stdout.write("Sign in as (shown this once, kept nowhere in clear):")
        for name, password in given.items():
            self.stdout.write(f"  {name:<26} {password}")
        self.stdout.write("")


def accounts() -> list[User]:
    """Return the accounts of the demo that people sign in to."""
    cast = ensure_cast()
    return [*(cast[name] for name, part in CAST.items() if part.signs_in), ensure_admin()]


def places(base: str) -> list[tuple[str, str]]:
    """Return what to open, each with a word on what is there to see."""
    claim = loaded_claim(*SHOWPIECE)
    document = claim and documents.current(claim)
    found = [("The register", f"{base}/")]
    if document:
        found += [
            ("A verdict that changed", base + document["html_url"]),
            ("The same, as data", base + document["url"]),
            ("Its history", base + document["history_url"]),
        ]
        if moment := moment_before_change(document["history"]):
            found.append(("Before the verdict changed", f"{base}{document['url']}?as_of={moment}"))
        found.append(("In the world's time", f"{base}{document['url']}?effective_as_of=2024-12-01"))
    return [*found, ("The API's reference", f"{base}/api/v1/docs/"), ("The desk", f"{base}/admin/")]


def moment_before_change(history: list[dict[str, Any]]) -> str | None:
    """Return when the entry before the first change of status was recorded, if there was a change."""
    status, moment = None, None
    for entry in history:
        if entry.get("status") and status and entry["status"] != status:
            return moment
        status = entry.get("status", status)
        moment = entry["recorded_at"]
    return None
