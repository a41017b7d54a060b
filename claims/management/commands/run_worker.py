"""`manage.py run_worker`: carry out background tasks, and have periodic jobs done when they are due."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.management.console import OperatorCommand, seconds
from claims.tasks.worker import Worker


class Command(OperatorCommand):
    """Work until told to stop. Run as many beside each other as there is work for."""

    help = (
        "Carry out background tasks and have periodic jobs done. SIGTERM or Ctrl-C ends it after the task at "
        "hand, a second one at once; a task that was interrupted is done by the next worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument(
            "--until-idle", action="store_true", help="End when nothing is ready, as cron wants it"
        )
        parser.add_argument(
            "--interval", type=seconds, default=1, metavar="SECONDS", help="How often to look"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        if settings.FACTCHECK_TASKS != "database":
            raise CommandError(
                f"FACTCHECK_TASKS is {settings.FACTCHECK_TASKS}: its own workers carry the tasks out."
            )
        logging.getLogger("claims.tasks").setLevel(
            logging.INFO if options["verbosity"] else logging.ERROR
        )
        worker = Worker(interval=options["interval"])
        worker.heed_signals()
        worker.run(until_idle=options["until_idle"])
