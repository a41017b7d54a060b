"""The accounts that commands act as: named, without a password, made when first needed."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.management.base import CommandError

from claims.models import User
from claims.vocabulary import Role

OPERATOR = "operator"
IMPORTER = "averitec-import"
CHECKS_IMPORTER, OWN_IMPORTER = "fact-check-import", "own-import"


def service_account(username: str, *, role: Role, public_name: str, is_staff: bool = False) -> User:
    """Return the account of that name; a new one has no password and cannot sign in until it is given one."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User(username=username, public_name=public_name, is_staff=is_staff)
        user.set_unusable_password()
        user.save(force_insert=True)
        user.groups.add(Group.objects.get(name=role))
    return user


def acting_user(username: str | None) -> User:
    """Return the named account, or the operator's. Raises CommandError when there is none of that name."""
    if username is None:
        return service_account(OPERATOR, role=Role.CONTRIBUTOR, public_name="The operator")
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active account “{username}”.")
    return user
