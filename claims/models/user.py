"""The people who work on the register, and the roles that say which verbs they may use."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.fields import new_public_id
from claims.vocabulary import Role, Verb

CONTRIBUTOR_VERBS = frozenset(
    {
        Verb.RECORD_PUBLISHER,
        Verb.RECORD_CLAIMANT,
        Verb.ADD_ALIAS,
        Verb.ADD_AFFILIATION,
        Verb.RECORD_ARTICLE,
        Verb.RECORD_CLAIM,
        Verb.ADD_APPEARANCE,
        Verb.WITHDRAW_APPEARANCE,
        Verb.DISCARD_CLAIM,
        Verb.ADD_EVIDENCE,
        Verb.RECORD_CONTACT,
        Verb.OPEN_REVIEW,
        Verb.SET_ASIDE_STATEMENT,
        Verb.TAKE_UP_STATEMENT,
        Verb.ADD_NOTE,
        Verb.FILE_REPORT,
        Verb.DECLARE_CONFLICT,
        Verb.END_CONFLICT,
        Verb.ISSUE_API_KEY,
        Verb.REVOKE_API_KEY,
    }
)
REVIEWER_VERBS = CONTRIBUTOR_VERBS | {
    Verb.WITHDRAW_ALIAS,
    Verb.END_AFFILIATION,
    Verb.WITHDRAW_AFFILIATION,
    Verb.LINK_CLAIMANT,
    Verb.REWORD_CLAIM,
    Verb.WITHDRAW_EVIDENCE,
    Verb.ASSIGN_REVIEW,
    Verb.PRIORITISE_REVIEW,
    Verb.SCHEDULE_REVIEW,
    Verb.SET_RECHECK,
    Verb.FILE_CLAIM,
    Verb.RELATE_CLAIMS,
    Verb.WITHDRAW_RELATION,
    Verb.ACCEPT_REPORT,
    Verb.DECLINE_REPORT,
    Verb.PROPOSE_VERDICT,
    Verb.RETURN_REVIEW,
    Verb.APPROVE_VERDICT,
    Verb.CLOSE_REVIEW,
    Verb.CHECK_ITEM,
    Verb.SET_SECOND_RATING,
    Verb.RATE_CLAIM,
    Verb.CREATE_PREVIEW,
    Verb.REVOKE_PREVIEW,
}
EDITOR_VERBS = REVIEWER_VERBS | {
    Verb.VOID_VERDICT,
    Verb.OVERRIDE_VERDICT,
    Verb.RECORD_CONFLICT,
    Verb.RECORD_TOPIC,
    Verb.CHANGE_TOPIC,
    Verb.MERGE_CLAIMS,
    Verb.MERGE_CLAIMANTS,
    Verb.PROPOSE_REDACTION,
    Verb.REDACT_TEXT,
    Verb.RETRY_TASK,
    Verb.REQUEST_EXPORT,
    Verb.PUBLISH_METHOD,
    Verb.SET_UP_WEBHOOK,
}
IMPORTER_VERBS = frozenset(
    {
        Verb.RECORD_PUBLISHER,
        Verb.RECORD_CLAIMANT,
        Verb.RECORD_ARTICLE,
        Verb.RECORD_CLAIM,
        Verb.ADD_APPEARANCE,
        Verb.ADD_EVIDENCE,
        Verb.IMPORT_VERDICT,
        Verb.ISSUE_API_KEY,
        Verb.REVOKE_API_KEY,
    }
)
ROLE_VERBS: dict[Role, frozenset[Verb]] = {
    Role.CONTRIBUTOR: CONTRIBUTOR_VERBS,
    Role.REVIEWER: frozenset(REVIEWER_VERBS),
    Role.EDITOR: frozenset(EDITOR_VERBS),
    Role.IMPORTER: IMPORTER_VERBS,
}


def new_public_name() -> str:
    """Return a pseudonym: what readers see until the person chooses a public name."""
    return f"Desk member {new_public_id()[:4]}"


REGISTER = "register"


class PersonManager(UserManager["User"]):
    """Reads of people; accounts are made as Django makes them."""

    def register_itself(self) -> User:
        """The account under whose name scheduled work is done: nobody can sign in with it, and it has no verb."""
        found, _made = self.get_or_create(
            username=REGISTER,
            defaults={"public_name": "The register itself", "is_active": False, "password": "!"},
        )
        return found

    def wanting_digest(self, day: date) -> models.QuerySet[User]:
        """People who want a daily mail and have not had the one of `day`."""
        wanting = self.filter(daily_digest=True, is_active=True, is_staff=True).exclude(email="")
        return wanting.exclude(digest_sent_on=day)

    def on_desk(self, *, called: str = "") -> models.QuerySet[User]:
        """Those who can sign in and may look at reviews, whose user or public name begins as `called` does."""
        able = self.with_perm("claims.view_review", include_superusers=True).filter(is_staff=True)
        names = models.Q(username__istartswith=called) | models.Q(public_name__istartswith=called)
        return able.filter(names).order_by("username")


class User(AbstractUser):
    """A person or an importer account. Never deleted, only deactivated: acts name their authors."""

    public_name = models.CharField(
        _("public name"),
        max_length=80,
        default=new_public_name,
        help_text=_("What readers see beside this person's acts. A pseudonym is welcome."),
    )
    daily_digest = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("One mail a day with what waits for this person."),
    )
    digest_sent_on = models.DateField(null=True, blank=True, editable=False)

    objects = PersonManager()  # type: ignore[misc]

    class Meta(AbstractUser.Meta):
        permissions = [("view_activity", "Can look at everybody's activity")]
        constraints = [
            models.CheckConstraint(name="user_has_public_name", condition=~models.Q(public_name=""))
        ]
