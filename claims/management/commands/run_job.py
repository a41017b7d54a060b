"""`manage.py run_job NAME`: do a periodic job now, as cron wants it; or ask for all that are due."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from claims.management.console import OperatorCommand
from claims.models import PeriodicJob
from claims.tasks.periodic import Job, do_now, do_what_is_due, jobs


class Command(OperatorCommand):
    """Do one job, list them all, or ask for those that are due."""

    help = "Do a periodic job at once. A running worker does them by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("name", nargs="?", metavar="NAME", help="The job to do now")
        chosen.add_argument("--list", action="store_true", help="List the jobs")
        chosen.add_argument(
            "--due", action="store_true", help="Ask for every job that is due, for workers to do"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do as asked."""
        if options["list"]:
            self._list()
        elif options["due"]:
            self.stdout.write("\n".join(do_what_is_due()) or "Nothing is due.")
        else:
            do_now(self._named(options["name"]))

    def _list(self) -> None:
        asked_for = PeriodicJob.objects.last_asked_for()
        for job in jobs():
            last = asked_for.get(job.name)
            told = f"last asked for {last:%Y-%m-%d %H:%M} UTC" if last else "never asked for yet"
            self.stdout.write(f"{job.name:<28} every {job.every}, {told}\n{'':<28} {job.purpose}")

    def _named(self, name: str) -> Job:
        known = {job.name: job for job in jobs()}
        if name not in known:
            raise CommandError(f"There is no job {name}. There are: {', '.join(known)}.")
        return known[name]
