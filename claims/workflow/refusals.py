"""How a verb says no."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from claims.models import User
from claims.reading.text import UnreadableArticle
from claims.vocabulary import Verb


class RuleBroken(ValidationError):
    """A rule of the register forbids the act; the message says what is missing.

    `field` names the argument at fault, where it is one; then `message_dict` is there for forms. `code` says which
    kind of fault it is in one word, as the API hands it on; "" where the form of the value alone is wrong.
    """

    def __init__(
        self, message: StrOrPromise, *, field: str | None = None, code: str = "rule"
    ) -> None:
        told = ValidationError(message, code=code)
        super().__init__({field: [told]} if field else told)


def explain(error: ValidationError) -> str:
    """Return a refusal as one line: each field at fault with its reason."""
    if hasattr(error, "error_dict"):
        return "; ".join(f"{name}: {' '.join(told)}" for name, told in error.message_dict.items())
    return " ".join(error.messages)


def why_unreadable(error: UnreadableArticle) -> str:
    """Return why a text cannot be read as an article, in the language that is spoken."""
    values = dict(error.values)
    if "kind" in values:
        values["kind"] = _(str(values["kind"]))
    return _(error.sentence) % values


def must_work_here(by: User) -> None:
    """Raise PermissionDenied unless `by` is an active person of the desk."""
    if not (by.is_active and by.is_staff):
        raise PermissionDenied(_("You may not work on this desk."))


def require(by: User, verb: Verb) -> None:
    """Raise PermissionDenied unless `by` is an active person whose role has the verb."""
    if not (by.is_active and by.has_perm(f"claims.{verb}")):
        told = _("You may not do this: it takes the permission “%(permission)s”.")
        raise PermissionDenied(told % {"permission": verb.label})
