"""Who is meant by “@name” in a text: people of the desk, by the user name they sign in with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models.functions import Lower

from claims.models import User

# What a user name may hold, not behind a letter: an e-mail address mentions nobody.
MENTION = re.compile(r"(?<![\w@.+/-])@([\w@.+-]+)")
ENDINGS = ".+-@"


def names_mentioned(text: str) -> list[str]:
    """Return each name written as “@name”, once, without the full stop of the sentence it ends."""
    found = (match[1].rstrip(ENDINGS) for match in MENTION.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def people_mentioned(text: str) -> list[User]:
    """Return the people of the desk whom a text mentions; capitals do not matter."""
    names = [name.lower() for name in names_mentioned(text)]
    people = User.objects.on_desk().alias(written=Lower("username"))
    return list(people.filter(written__in=names)) if names else []


def nobodys(text: str, people: Iterable[User]) -> list[str]:
    """Return the names in `text` that are none of these people's."""
    known = {person.get_username().lower() for person in people}
    return [name for name in names_mentioned(text) if name.lower() not in known]
