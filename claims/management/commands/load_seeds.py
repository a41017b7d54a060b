"""manage.py load_seeds: bring the seed stories in through the workflow verbs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.management.console import OperatorCommand
from claims.management.people import ensure_cast
from claims.management.seeding import Loaded, load_story
from claims.management.stories import SeedError, read_stories


class Command(OperatorCommand):
    """Load every story of a folder; claims that are there already stay as they are."""

    help = "Load the seed stories through the workflow verbs. Claims loaded before are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--path",
            type=Path,
            default=settings.BASE_DIR / "seeds",
            help="A seed file or a folder of them (default: %(default)s)",
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Seeds are staged: a production register does not load them.")
        try:
            stories = read_stories(path)
            people = ensure_cast()
            for story in stories:
                self.stdout.write(told(load_story(story, people)))
        except SeedError as error:
            raise CommandError(str(error)) from error


def told(loaded: Loaded) -> str:
    """Return one line on what became of a story."""
    return f"{loaded.story}: {len(loaded.added)} claims added, {len(loaded.kept)} kept."
