"""Verbs on what a claim says and where it was found: record_claim, add_appearance, reword_claim."""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext as _

from claims.history.recorder import Recorder
from claims.models import Appearance, Article, Claim, Claimant, User, Wording
from claims.models.made import made
from claims.reading import anchor
from claims.vocabulary import Act, ClaimKind, CueClass, Position, Precision, Verb
from claims.workflow.acting import acting, acting_on_new
from claims.workflow.drafts import AppearanceDraft, ClaimDraft
from claims.workflow.inputs import (
    LONG,
    SHORT,
    clean_choice,
    clean_language,
    clean_past_day,
    clean_text,
)
from claims.workflow.refusals import RuleBroken

WORDING_LIMIT = 1_000


class Keep(Enum):
    """Says of an argument that the value in force stays."""

    KEEP = "keep"


KEEP = Keep.KEEP


def record_claim(
    draft: ClaimDraft, *, by: User, appearance: AppearanceDraft | None = None
) -> Claim:
    """Record a statement in the register's own wording, with the place it was found, as its first entry.

    Raises RuleBroken naming the field at fault, or the claim that was recorded in these words from this very quote
    and still stands there: a form that is sent twice must not make two claims.
    """
    with acting_on_new(by=by, verb=Verb.RECORD_CLAIM) as recorder:
        put_claim(recorder, draft, appearance)
        for place in recorder.state.appearances.values():
            _refuse_a_second_time(place.row, recorder.state.wording)
    return recorder.claim


def _refuse_a_second_time(found: Appearance, wording: Wording) -> None:
    """The article's lock puts two who record from one quote in order."""
    articles = Article.objects.select_for_update(no_key=True)
    articles.values_list("pk").get(pk=found.article_id)
    places = Appearance.objects.standing().filter(
        article=found.article_id, start=found.start, end=found.end
    )
    known = Claim.objects.filter(wording=wording.text, pk__in=places.values("claim")).first()
    if known is not None:
        told = _("This claim was recorded from this quote already, as claim %(id)s.")
        raise RuleBroken(told % {"id": known.public_id}, field="wording")


def put_claim(
    recorder: Recorder, draft: ClaimDraft, appearance: AppearanceDraft | None = None
) -> None:
    """Record a claim's first entry."""
    rows = [_wording(draft, version=1)]
    found = [_appearance(appearance)] if appearance else []
    recorder.record(Act.CLAIM_RECORDED, *rows, *found)


def add_appearance(claim: Claim, draft: AppearanceDraft, *, by: User) -> Appearance:
    """Record one more place where `claim` was found. Raises RuleBroken when it stands there already."""
    with acting(claim, by=by, verb=Verb.ADD_APPEARANCE) as recorder:
        row = _appearance(draft)
        for place in recorder.state.standing_appearances():
            known = place.row
            if (known.article_id, known.start, known.end) == (row.article_id, row.start, row.end):
                raise RuleBroken(_("This appearance is recorded already."), field="exact")
        recorder.record(Act.APPEARANCE_ADDED, row)
    return row


def reword_claim(
    claim: Claim,
    *,
    wording: str,
    reason: str,
    by: User,
    kind: ClaimKind | Keep = KEEP,
    claimant: Claimant | Keep | None = KEEP,
) -> Wording:
    """Give `claim` a new wording; its verdict stays pinned to the earlier one until re-confirmed.

    Raises RuleBroken when nothing would change, or the reason is missing.
    """
    with acting(claim, by=by, verb=Verb.REWORD_CLAIM) as recorder:
        now = recorder.state.wording
        draft = ClaimDraft(
            wording=wording,
            kind=ClaimKind(now.kind) if isinstance(kind, Keep) else kind,
            claimant=now.claimant if isinstance(claimant, Keep) else claimant,
            said_on=now.said_on,
            said_on_precision=Precision(now.said_on_precision),
            language=now.language,
        )
        row = _wording(draft, version=now.version + 1)
        if isinstance(claimant, Keep):  # as the wording in force has them: what was erased stays so
            row.claimant_name, row.claimant_role = now.claimant_name, now.claimant_role
        if (row.text, row.kind, row.claimant) == (now.text, now.kind, now.claimant):
            raise RuleBroken(_("The wording would stay as it is."), field="wording")
        note = clean_text("reason", reason, required=True)
        recorder.record(Act.CLAIM_REWORDED, row, note=note)
    return row


def _wording(draft: ClaimDraft, *, version: int) -> Wording:
    claimant = draft.claimant
    text = clean_text("wording", draft.wording, limit=WORDING_LIMIT, required=True)
    return made(
        Wording,
        version=version,
        text=text,
        language=clean_language(draft.language),
        kind=clean_choice("kind", draft.kind, ClaimKind),
        claimant=claimant,
        claimant_name=claimant.name if claimant else None,
        claimant_role=claimant.role if claimant else None,
        said_on=clean_past_day("said_on", draft.said_on),
        said_on_precision=clean_choice("said_on", draft.said_on_precision, Precision),
    )


def _appearance(draft: AppearanceDraft) -> Appearance:
    quote = _quote(draft)
    return Appearance(
        article=draft.article,
        article_sha256=draft.article.sha256,
        speaker=draft.speaker,
        speaker_name=draft.speaker.name if draft.speaker else None,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        start=quote.start,
        end=quote.end,
        cue=clean_text("cue", draft.cue, limit=SHORT),
        cue_class=clean_choice("cue_class", draft.cue_class, CueClass),
        position=clean_choice("position", draft.position, Position),
        inferred=draft.inferred,
        direct=draft.direct,
    )


def _quote(draft: AppearanceDraft) -> anchor.Quote:
    exact = clean_text("exact", draft.exact, limit=LONG, required=True)
    text = draft.article.text
    if draft.start is None or draft.end is None:
        try:
            return anchor.locate(text, exact)
        except anchor.QuoteNotFound as error:
            told = _("These words are not in the article's text.")
            raise RuleBroken(told, field="exact") from error
        except anchor.QuoteAmbiguous as error:
            told = _("These words stand in several places in the text; quote more of them.")
            raise RuleBroken(told, field="exact") from error
    if not 0 <= draft.start < draft.end <= len(text) or text[draft.start : draft.end] != exact:
        raise RuleBroken(_("These words do not stand there in the article."), field="exact")
    return anchor.select(text, draft.start, draft.end)
