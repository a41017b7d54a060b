"""What readers do who follow a claim by e-mail: ask for it, confirm it, stop. By nobody on the desk, and internal.

Whoever can read a mailbox confirms and stops: the mail there holds the secret. No account knows of it, and nothing is
recorded in a history.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.history.recorder import locked
from claims.models import Claim, Follower
from claims.models.following import PURPOSE
from claims.models.private_links import new_seed, secret_of, token_digest
from claims.workflow.inputs import clean_email, clean_text
from claims.workflow.refusals import RuleBroken
from claims.workflow.rules import takes_acts

UNCONFIRMED_KEPT = timedelta(days=7)


def ask_to_follow(claim: Claim, *, email: str, language: str) -> Follower:
    """Take down that `email` may want to be told of a claim's changes; of a merged claim, of those of the survivor.

    Nothing but the request to confirm is sent there before `confirm_following`. Asked for again, it is the same
    follower. Raises RuleBroken naming the field for an address that is none, and for a claim readers cannot see.
    """
    address = _clean_address(email)
    with transaction.atomic():
        held = locked(claim.survivor)
        takes_acts(held)
        if not held.is_published:
            raise RuleBroken(_("Say which claim it is about."), field="claim")
        follower = held.followers.reached_at(address).first()
        if follower is None:
            return _new(held, address, language)
        if follower.confirmed_at is None:
            follower.asked_at, follower.language = timezone.now(), language
            follower.save(update_fields=["asked_at", "language"])
    return follower


def confirm_following(follower: Follower) -> None:
    """Note that somebody who reads the mailbox wants the mail; once more changes nothing."""
    if follower.confirmed_at is None:
        follower.confirmed_at = timezone.now()
        Follower.objects.unconfirmed().filter(pk=follower.pk).update(
            confirmed_at=follower.confirmed_at
        )


def stop_following(follower: Follower) -> None:
    """Forget a follower altogether, confirmed or not: their address, their secret, and that they ever asked."""
    Follower.objects.filter(pk=follower.pk).delete()


def note_asked(follower: Follower) -> None:
    """Note that the private address was mailed."""
    follower.mailed_at = timezone.now()
    Follower.objects.filter(pk=follower.pk).update(mailed_at=follower.mailed_at)


def renew_secret(follower: Follower) -> str:
    """Return the secret of a follower under the server's key of today; an address made under an earlier one ends."""
    if not follower.token:
        follower.token_digest = _digest(follower.seed)
        Follower.objects.filter(pk=follower.pk).update(token_digest=follower.token_digest)
    return follower.token


def hand_over_followers(ending: Claim, *, to: Claim) -> None:
    """Have those who follow a claim that ends follow the one that takes it in, each address once.

    Of two rows of one address, a confirmed one stays. The caller holds the locks of both claims.
    """
    theirs, ours = ending.followers.all(), to.followers.all()
    ours.unconfirmed().reached_where(theirs.confirmed()).delete()
    theirs.reached_where(ours).delete()
    theirs.update(claim=to)


def forget_unconfirmed() -> None:
    """Forget whoever asked, or was named by somebody else, and did not confirm within a week."""
    Follower.objects.unconfirmed().asked_before(timezone.now() - UNCONFIRMED_KEPT).delete()


def _new(claim: Claim, address: str, language: str) -> Follower:
    seed = new_seed()
    return Follower.objects.create(
        claim=claim,
        email=address,
        language=language,
        seed=seed,
        token_digest=_digest(seed),
        asked_at=timezone.now(),
    )


def _digest(seed: str) -> str:
    return token_digest(secret_of(seed, purpose=PURPOSE))


def _clean_address(email: str) -> str:
    clean_text("email", email, required=True)
    return clean_email("email", email)
