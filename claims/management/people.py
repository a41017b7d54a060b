"""The accounts of a demo: one for each role, and an administrator. None exists outside of one."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from claims.management.accounts import service_account
from claims.models import User
from claims.vocabulary import Role

PASSWORD_BYTES = 12


@dataclass(frozen=True)
class Part:
    """One account: what it may do and what readers see of it."""

    public_name: str
    role: Role
    signs_in: bool = True


CAST = {
    "contributor": Part("Iris (contributor)", Role.CONTRIBUTOR),
    "reviewer": Part("Tomas (reviewer)", Role.REVIEWER),
    "second_reviewer": Part("Wanda (reviewer)", Role.REVIEWER),
    "editor": Part("Noor (editor)", Role.EDITOR),
    "importer": Part("Notebook import", Role.IMPORTER, signs_in=False),
}
ADMIN = "admin"


def ensure_cast() -> dict[str, User]:
    """Return the people who play the seeds; those that are missing are made, without a password."""
    return {
        name: service_account(
            name, role=part.role, public_name=part.public_name, is_staff=part.signs_in
        )
        for name, part in CAST.items()
    }


def ensure_admin() -> User:
    """Return the demo's administrator, made without a password when missing."""
    known = User.objects.filter(username=ADMIN).first()
    return known or User.objects.create_superuser(ADMIN, public_name="Administrator")


def give_passwords(users: Iterable[User], *, anew: bool) -> dict[str, str]:
    """Give fresh passwords to those who sign in and have none, or to all of them `anew`.

    Returns them by user name: this is the only time anybody can see them.
    """
    given = {}
    for user in users:
        if anew or not user.has_usable_password():
            given[user.username] = secrets.token_urlsafe(PASSWORD_BYTES)
            user.set_password(given[user.username])
            user.save(update_fields=["password"])
    return given
