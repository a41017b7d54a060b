"""The verb on who a claimant is elsewhere: link_claimant. Readers see it on their page; no part of any history."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claimant, Redaction, User
from claims.vocabulary import ClaimantKind, Verb
from claims.wikidata import item_in
from claims.workflow.aliases import held_claimant
from claims.workflow.inputs import SHORT, clean_text
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.telling import changed


def link_claimant(claimant: Claimant, *, wikidata: str, by: User) -> Claimant:
    """Say which item of Wikidata is `claimant`, by its id or the address of its page; "" says that none is known.

    Raises RuleBroken for anything else, for an item that is somebody else here, for a source that is not named, for a
    claimant who was merged into another, and once a name or role of theirs was erased: the item would tell it again.
    """
    require(by, Verb.LINK_CLAIMANT)
    item = _clean_item(wikidata)
    with transaction.atomic():
        held = held_claimant(claimant)
        if item == held.wikidata:
            raise RuleBroken(_("This is what is recorded already."), field="wikidata")
        if item:
            _may_be(held, item)
        claimant.wikidata = item
        claimant.save(update_fields=["wikidata"])
        changed(claimant)
    return claimant


def hand_over_item(ending: Claimant, lasting: Claimant) -> None:
    """Have the survivor of a merger be the item that the other one was: of several who are one, one bears it."""
    item = ending.wikidata
    if not item:
        return
    ending.wikidata, lasting.wikidata = "", item
    for one in (ending, lasting):
        one.save(update_fields=["wikidata"])


def forget_item(claimant: Claimant) -> None:
    """Leave no way from `claimant`, by whichever record, to a page elsewhere that tells their names."""
    Claimant.objects.filter(pk__in=claimant.same).exclude(wikidata="").update(wikidata="")


def _clean_item(given: str) -> str:
    text = clean_text("wikidata", given, limit=SHORT)
    item = item_in(text)
    if text and not item:
        told = _("This is neither the id of a Wikidata item, such as Q7747, nor its address.")
        raise RuleBroken(told, field="wikidata")
    return item


def _may_be(claimant: Claimant, item: str) -> None:
    """Raise RuleBroken where `item` cannot be who `claimant` is."""
    if claimant.kind == ClaimantKind.UNNAMED:
        raise RuleBroken(_("A source that is not named is no item of Wikidata."), field="wikidata")
    if Redaction.objects.naming(claimant.same).exists():
        told = _("A name or role of theirs was erased, and the item would tell it again.")
        raise RuleBroken(told, field="wikidata")
    if other := Claimant.objects.filter(wikidata=item).first():
        told = _("%(item)s is %(name)s here. Where the two are one, merge them.")
        raise RuleBroken(told % {"item": item, "name": other}, field="wikidata")
