"""The verb on notes: add_note. A note stays inside, in every state of its review."""

from __future__ import annotations

from django.db import transaction

from claims.desk_vocabulary import NoticeKind
from claims.models import Review, ReviewNote, User
from claims.vocabulary import Verb
from claims.workflow.inputs import LONG, clean_text
from claims.workflow.mentions import people_mentioned
from claims.workflow.notifying import notify
from claims.workflow.refusals import require


def add_note(review: Review, *, text: str, by: User) -> ReviewNote:
    """Leave a remark for colleagues, and tell those of them whom it mentions as “@name”.

    A name that is nobody's on the desk mentions nobody; the note is kept as it was written.
    """
    require(by, Verb.ADD_NOTE)
    with transaction.atomic():
        words = clean_text("text", text, limit=LONG, required=True)
        note = ReviewNote.objects.create(review=review, text=words, by=by)
        people = people_mentioned(words)
        note.mentions.set(people)
        notify(people, NoticeKind.MENTIONED, claim=review.claim, review=review, by=by)
    return note
