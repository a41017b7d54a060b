"""Mail to those who follow a claim: one to confirm it, then one for each act that changes what the claim says.

Each mail is a task of its own: an address that takes none is tried again without keeping others waiting. A mail repeats
no words of a claim, and each tells programs how it is stopped with one click (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims import addresses
from claims.models import Claim, Follower, HistoryEntry
from claims.models.compiled import Compiled
from claims.tasks.declaring import background, enqueue
from claims.tasks.mailing import MailFailed, mail
from claims.tasks.periodic import periodic
from claims.tasks.readers import address_of
from claims.vocabulary import Act, VerificationStatus
from claims.workflow.acting import tell_of_acts
from claims.workflow.following import forget_unconfirmed, note_asked, renew_secret

NOT_AGAIN_WITHIN = timedelta(hours=1)
# Whoever types the addresses of others fills no mailbox, be there ever so many claims.
MOST_UNANSWERED = 5
TOLD = frozenset(
    {
        Act.CLAIM_REWORDED,
        Act.EVIDENCE_ADDED,
        Act.EVIDENCE_WITHDRAWN,
        Act.VERDICT_GIVEN,
        Act.VERDICT_OVERRIDE,
        Act.VERDICT_IMPORTED,
        Act.VERDICT_VOIDED,
    }
)

FOLLOWED = Compiled[tuple[int]](
    Follower,
    lambda claim: Follower.objects.of(claim).confirmed().order_by().values_list("pk")[:1],
    kinds=(int,),
)


@background()
def mail_confirmation(follower_id: int) -> None:
    """Mail somebody who is said to want to follow a claim how they confirm it; once an hour, however often asked.

    Nor is it mailed where, within the hour, as many others went to the mailbox as may wait there for an answer.
    """
    follower = Follower.objects.filter(pk=follower_id).select_related("claim").first()
    lately = timezone.now() - NOT_AGAIN_WITHIN
    if follower is None or (follower.mailed_at and follower.mailed_at > lately):
        return
    theirs = Follower.objects.unconfirmed().reached_at(follower.email)
    if follower.confirmed_at is None and theirs.mailed_since(lately).count() >= MOST_UNANSWERED:
        return
    context = {
        "follows": follower.confirmed_at is not None,
        "claim": address_of(addresses.claim_short(follower.claim.public_id), follower.language),
    }
    _mail(follower, _("Following a claim"), "mail/follow.txt", context)
    note_asked(follower)


@background()
def tell_followers(claim_id: int, number: int) -> None:
    """Ask for one mail to each who had confirmed that they follow a claim when that act was recorded."""
    entry = HistoryEntry.objects.get(claim=claim_id, number=number)
    if entry.act not in TOLD:
        return
    with transaction.atomic():
        for follower in Follower.objects.of(entry.claim_id).confirmed_by(entry.recorded_at):
            enqueue(mail_change, follower.pk, entry.pk)


@background()
def mail_change(follower_id: int, entry_id: int) -> None:
    """Mail one follower that something of a claim changed, in their language and in our words."""
    follower = Follower.objects.filter(pk=follower_id).first()
    if follower is None:
        return
    entry = HistoryEntry.objects.select_related("claim", "verdict").get(pk=entry_id)
    page = address_of(addresses.claim_short(entry.claim.public_id), follower.language)
    act = Act(entry.act).label
    context = {"act": act, "status": _status(entry), "url": f"{page}#history-{entry.number}"}
    title = format_lazy("{title}: {act}", title=_("A claim you follow"), act=act)
    _mail(follower, title, "mail/change.txt", context)


@periodic(every=timedelta(days=1))
@background()
def prune_unconfirmed_followers() -> None:
    """Forget the addresses of those who did not confirm within a week that they want to follow a claim."""
    forget_unconfirmed()


def ask_to_tell_followers(claim: Claim, _erased: bool) -> None:  # noqa: FBT001  (told by `acting`)
    """Ask for the mails that an act may call for, in its transaction; nothing where nobody follows."""
    if FOLLOWED.any(claim.pk):
        enqueue(tell_followers, claim.pk, claim.head_number)


tell_of_acts(ask_to_tell_followers, of_new=False)


def _status(entry: HistoryEntry) -> StrOrPromise:
    """Return the status that an act brought, in a word; nothing for an act that brought none."""
    verdict = getattr(entry, "verdict", None)
    return VerificationStatus(verdict.status).label if verdict else ""


def _mail(
    follower: Follower, title: StrOrPromise, template: str, context: Mapping[str, object]
) -> None:
    """Send a follower one mail, which says how it is stopped, to people and to programs."""
    stop = address_of(addresses.following(renew_secret(follower)), follower.language)
    told = mail(
        follower.email,
        title,
        template,
        {**context, "private": stop},
        language=follower.language,
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    if not told:
        raise MailFailed("A mail to a follower could not be sent; it is tried again.")
