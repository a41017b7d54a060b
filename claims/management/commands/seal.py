"""`manage.py seal`: give public acts their places in the log, once or for as long as the register runs."""

from __future__ import annotations

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError

from claims.history.sealing import SealingHaltedError, seal
from claims.management.console import OperatorCommand, seconds
from claims.models import LogLeaf
from claims.tasks.queue import drop_stale_connection

logger = logging.getLogger("claims.history.sealing")
NAP = 0.2


class Command(OperatorCommand):
    """Seal. Any number may run beside each other; they take turns."""

    help = (
        "Give every public act that waits its place in the log. With --loop, go on each second until SIGTERM or "
        "Ctrl-C. Exit code 1, or with --loop a line in the log, when what waits is not sound: then nothing is sealed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("--loop", action="store_true", help="Go on until told to stop")
        parser.add_argument(
            "--interval", type=seconds, default=1, metavar="SECONDS", help="How often to look"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal once, or go on."""
        if options["loop"]:
            Loop(options["interval"]).run()
            return
        try:
            sealed = seal()
        except SealingHaltedError as error:
            raise CommandError(
                f"Sealing has halted: {error}. Run: manage.py check_history"
            ) from error
        self.stdout.write(f"{sealed} acts sealed; the log holds {LogLeaf.objects.size()}")


class Loop:
    """Seals again and again. Trouble with the database is waited out, and what is not sound is named once."""

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self.stopping = False
        self._halted = ""

    def run(self) -> None:
        """Seal until told to stop; what is at hand is finished first."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        logger.info("The sealer begins")
        while not self.stopping:
            try:
                self._seal()
            except OperationalError as error:
                logger.warning("The database cannot be used, trying again: %s", error)
            drop_stale_connection()
            self._rest()
        logger.info("The sealer ends")

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _seal(self) -> None:
        try:
            sealed = seal()
        except SealingHaltedError as error:
            if str(error) != self._halted:
                logger.critical("Sealing has halted: %s. Run manage.py check_history.", error)
            self._halted = str(error)
            return
        if self._halted:
            logger.info("Sealing goes on")
        self._halted = ""
        if sealed:
            logger.info("%d acts sealed", sealed)

    def _rest(self) -> None:
        until = time.monotonic() + self.interval
        while not self.stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(NAP, left))
