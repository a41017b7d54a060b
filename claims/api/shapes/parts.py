"""The shapes of a claim document's parts."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.vocabulary import (
    Act,
    Cause,
    ClaimKind,
    ContactOutcome,
    CueClass,
    EvidenceKind,
    Position,
    RedactionReason,
    Stance,
    VerificationStatus,
)

REDACTED_HELP = "Values of this part that were erased, by name."


class RedactedSerializer(serializers.Serializer[Any]):
    """Why and when one value was erased."""

    reason = serializers.ChoiceField(RedactionReason.choices)
    recorded_at = serializers.DateTimeField()


def redacted() -> serializers.DictField:
    """Return the field that names what was erased of a part."""
    return serializers.DictField(child=RedactedSerializer(), help_text=REDACTED_HELP)


def words(help_text: str = "") -> serializers.CharField:
    """Return a field for text that may be absent or erased."""
    return serializers.CharField(allow_null=True, help_text=help_text or None)


class ClaimantRefSerializer(serializers.Serializer[Any]):
    """Who is held to make a claim, as its wording says it."""

    id = serializers.CharField()
    name = words("Null once redacted.")
    role = words()
    url = serializers.URLField()
    html_url = serializers.URLField()


class SpeakerSerializer(serializers.Serializer[Any]):
    """Who says the claim in one article."""

    id = serializers.CharField()
    name = words("Null once redacted.")


class MergedIntoSerializer(serializers.Serializer[Any]):
    """The claim that took over a duplicate."""

    id = serializers.CharField()
    url = serializers.URLField()
    html_url = serializers.URLField()


class HeadSerializer(serializers.Serializer[Any]):
    """The last entry of a history: whoever keeps this can tell later that nothing before it was changed."""

    number = serializers.IntegerField()
    leaf_hash = serializers.CharField(help_text="Hexadecimal SHA-256.")


class WordingSerializer(serializers.Serializer[Any]):
    """One version of what the claim says."""

    version = serializers.IntegerField()
    text = words()
    kind = serializers.ChoiceField(ClaimKind.choices)
    entry = serializers.IntegerField(help_text="The number of its history entry.")
    recorded_at = serializers.DateTimeField()
    reason = words("Why it was reworded.")
    redacted = redacted()


class QuoteSerializer(serializers.Serializer[Any]):
    """A quote and where it stands: W3C TextQuoteSelector and TextPositionSelector, in code points."""

    exact = words()
    prefix = words()
    suffix = words()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class ArticleRefSerializer(serializers.Serializer[Any]):
    """The article a claim appears in."""

    id = serializers.CharField()
    title = serializers.CharField()
    language = serializers.CharField()
    publisher = serializers.CharField(allow_blank=True)
    published_on = serializers.DateField(allow_null=True)
    source_url = words("Where the article was published.")
    url = serializers.URLField()
    html_url = serializers.URLField()


class WithdrawalSerializer(serializers.Serializer[Any]):
    """The act that took an appearance or a piece of evidence back."""

    entry = serializers.IntegerField()
    recorded_at = serializers.DateTimeField()
    reason = words()


class QuotedSerializer(serializers.Serializer[Any]):
    """How a claim is put in an article, and by whom."""

    entry = serializers.IntegerField(help_text="The number of its history entry.")
    quote = QuoteSerializer()
    speaker = SpeakerSerializer(allow_null=True, help_text="Null where the copy names nobody.")
    speaker_inferred = serializers.BooleanField(help_text="Whether the speaker is our reading.")
    cue = words("The reporting words.")
    cue_class = serializers.ChoiceField(CueClass.choices)
    position = serializers.ChoiceField(Position.choices)
    direct = serializers.BooleanField(help_text="Whether it stands between quotation marks.")
    withdrawn = WithdrawalSerializer(
        allow_null=True, help_text="Null unless it was recorded by mistake and taken back."
    )
    redacted = redacted()


class AppearanceSerializer(QuotedSerializer):
    """One place where the claim was found."""

    article = ArticleRefSerializer()


class EvidenceSerializer(serializers.Serializer[Any]):
    """One source for or against the claim."""

    entry = serializers.IntegerField(help_text="The number of its history entry.")
    stance = serializers.ChoiceField(Stance.choices)
    kind = serializers.ChoiceField(EvidenceKind.choices)
    kind_label = serializers.CharField()
    primary = serializers.BooleanField(help_text="Whether it is a primary source.")
    origin = serializers.IntegerField(
        help_text="Pieces with the same number go back to one origin, such as one wire report."
    )
    url = words("Where the source is found.")
    archived_url = words("A copy kept by an archive.")
    source_text = words("A source without an address of its own.")
    title = words()
    publisher = words()
    published_on = serializers.DateField(allow_null=True)
    excerpt = words()
    remark = words()
    snapshot = words("Hexadecimal SHA-256 of the copy of the source that the register stored.")
    excerpt_in_copy = serializers.BooleanField(
        allow_null=True,
        help_text="Whether the excerpt stands in the stored copy; null where nothing was compared.",
    )
    rating = words("What another fact-checker called it, word for word.")
    recorded_at = serializers.DateTimeField()
    withdrawn = WithdrawalSerializer(allow_null=True)
    redacted = redacted()


class ContactSerializer(serializers.Serializer[Any]):
    """What one entry says of a contact with the claimant."""

    entry = serializers.IntegerField(help_text="The number of its history entry.")
    about = serializers.IntegerField(
        allow_null=True,
        help_text="The entry that first recorded the contact, where this is a later one.",
    )
    superseded_by = serializers.IntegerField(
        allow_null=True,
        help_text="The next entry on the same contact; null where this says what is known.",
    )
    asked_on = serializers.DateField()
    channel = words("Such as: e-mail to the press office.")
    outcome = serializers.ChoiceField(ContactOutcome.choices)
    outcome_label = serializers.CharField()
    answered_on = serializers.DateField(allow_null=True)
    answer = words("In the claimant's own words.")
    recorded_at = serializers.DateTimeField(help_text="When the register learned it.")
    redacted = redacted()


class PublishedByOneSerializer(serializers.Serializer[Any]):
    """Who published a verdict alone, and why it could not wait for a second person."""

    by = words("The public name; null once redacted.")
    reason = words("Null once redacted.")


class VerdictSerializer(serializers.Serializer[Any]):
    """A verdict: what it says, on which wording, resting on what, by whom."""

    entry = serializers.IntegerField(help_text="The number of its history entry.")
    status = serializers.ChoiceField(VerificationStatus.choices)
    status_label = serializers.CharField()
    cause = serializers.ChoiceField(Cause.choices)
    cause_label = serializers.CharField()
    wording_version = serializers.IntegerField(help_text="The wording it was given on.")
    rationale = words()
    known = words()
    not_known = words()
    would_settle = words("What would settle the matter.")
    single_source_reason = words(
        "Why one primary source is enough, where the verdict rests on one."
    )
    rests_on = serializers.ListField(
        child=serializers.IntegerField(), help_text="The entry numbers of its evidence."
    )
    imported = serializers.BooleanField()
    origin = words("Where an imported verdict comes from.")
    effective_on = serializers.DateField(
        allow_null=True, help_text="The day in the world's time from which it holds, where stated."
    )
    recorded_at = serializers.DateTimeField(help_text="When the register learned it.")
    proposed_by = words()
    approved_by = words()
    published_by_one = PublishedByOneSerializer(
        allow_null=True, help_text="Null unless one person published it in an emergency."
    )
    redacted = redacted()


class HistoryLineSerializer(serializers.Serializer[Any]):
    """One act in a claim's history. Verdict acts also say the status they brought."""

    number = serializers.IntegerField(help_text="1, 2, 3 … without gaps.")
    act = serializers.ChoiceField(Act.choices)
    act_label = serializers.CharField()
    recorded_at = serializers.DateTimeField(help_text="When the register learned it.")
    effective_on = serializers.DateField(allow_null=True, help_text="The day in the world's time.")
    by = words("The public name of whoever did it.")
    reason = words("The reason given in public.")
    about = serializers.IntegerField(
        allow_null=True, help_text="The number of the entry this act is about."
    )
    other_claim = words("The other claim of a merger.")
    reason_code = serializers.ChoiceField(RedactionReason.choices, allow_null=True)
    status = serializers.ChoiceField(
        VerificationStatus.choices,
        allow_null=True,
        required=False,
        help_text="On verdict acts only; null when the act withdrew the verdict.",
    )
    cause = serializers.ChoiceField(Cause.choices, required=False)
    wording_version = serializers.IntegerField(required=False)
    leaf_hash = serializers.CharField(
        help_text="Hexadecimal SHA-256 of a zero byte and the leaf's UTF-8 bytes."
    )
    redacted = redacted()


class HistoryEntrySerializer(HistoryLineSerializer):
    """One act in a claim's history with the exact text that was hashed."""

    leaf = serializers.CharField(
        help_text="Canonical JSON (RFC 8785). Its `prev` is the hash of the entry before, base64url."
    )
    log_index = serializers.IntegerField(
        allow_null=True,
        help_text="The place among all public acts of the register, counted from 0; null until it is given one.",
    )
