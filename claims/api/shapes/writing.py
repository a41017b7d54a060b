"""The shapes of what is written: the bodies that are taken, and what is answered."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.lists import PageSerializer
from claims.desk_vocabulary import IntakeState, ReportKind, ReportState, Scope
from claims.vocabulary import (
    ClaimantKind,
    ClaimKind,
    CueClass,
    EvidenceKind,
    Licence,
    Position,
    Precision,
    Stance,
)

Member = dict[str, Any]
LEFT_OUT: Member = {"required": False, "allow_null": True}
TEXT: Member = {**LEFT_OUT, "allow_blank": True}
WHOLE: Member = {**LEFT_OUT, "min_value": 0, "max_value": 2**31 - 1}


class PartySerializer(serializers.Serializer[Any]):
    """Who makes a claim or speaks: somebody readers know, by `id`; or by `name` and `kind`, recorded if new."""

    id = serializers.CharField(**LEFT_OUT)
    name = serializers.CharField(**TEXT, max_length=300)
    kind = serializers.ChoiceField(ClaimantKind.choices, **LEFT_OUT)
    role = serializers.CharField(**TEXT, max_length=300)


class NewAppearanceSerializer(serializers.Serializer[Any]):
    """A place where a claim was found."""

    article = serializers.CharField(
        help_text="The id of an article that is public, or that the owner of the key recorded."
    )
    exact = serializers.CharField(
        min_length=1,
        max_length=20000,
        help_text="The words as they stand in the article, there once unless `start` and `end` say where.",
    )
    start = serializers.IntegerField(
        **WHOLE, help_text="Where they begin in the article's text, in code points."
    )
    end = serializers.IntegerField(**WHOLE, help_text="Where they end.")
    speaker = PartySerializer(**LEFT_OUT)
    speaker_inferred = serializers.BooleanField(**LEFT_OUT)
    cue = serializers.CharField(**TEXT, max_length=300)
    cue_class = serializers.ChoiceField(CueClass.choices, **LEFT_OUT)
    position = serializers.ChoiceField(Position.choices, **LEFT_OUT)
    direct = serializers.BooleanField(**LEFT_OUT)


class NewClaimSerializer(serializers.Serializer[Any]):
    """A claim to be recorded."""

    wording = serializers.CharField(
        min_length=1, max_length=1000, help_text="In the register's own words."
    )
    kind = serializers.ChoiceField(ClaimKind.choices, **LEFT_OUT)
    language = serializers.CharField(
        **TEXT, help_text="Of the wording (BCP 47); `en` unless given."
    )
    said_on = serializers.DateField(**LEFT_OUT)
    said_on_precision = serializers.ChoiceField(Precision.choices, **LEFT_OUT)
    claimant = PartySerializer(**LEFT_OUT)
    appearance = NewAppearanceSerializer(**LEFT_OUT)


class NewEvidenceSerializer(serializers.Serializer[Any]):
    """Evidence to be added. An address or a description of the source is needed."""

    stance = serializers.ChoiceField(Stance.choices)
    kind = serializers.ChoiceField(EvidenceKind.choices)
    url = serializers.CharField(**TEXT, max_length=2000, help_text="The web address of the source.")
    archived_url = serializers.CharField(
        **TEXT, max_length=2000, help_text="The address of a copy of it."
    )
    source_text = serializers.CharField(
        **TEXT, max_length=2000, help_text="What it is, where it has no address."
    )
    title = serializers.CharField(**TEXT, max_length=600)
    publisher = serializers.CharField(**TEXT, max_length=2000)
    published_on = serializers.DateField(**LEFT_OUT)
    excerpt = serializers.CharField(**TEXT, max_length=20000)
    remark = serializers.CharField(**TEXT, max_length=20000)
    rating = serializers.CharField(
        **TEXT, max_length=300, help_text="Another fact-checker's, word for word."
    )
    primary = serializers.BooleanField(**LEFT_OUT)
    same_origin_as = serializers.IntegerField(
        **WHOLE, help_text="The number of the entry of evidence of the same origin."
    )


class NewArticleSerializer(serializers.Serializer[Any]):
    """An article: a text with what is known of it, or an address alone."""

    text = serializers.CharField(**TEXT, help_text="Paragraphs, with empty lines between them.")
    url = serializers.CharField(**TEXT, max_length=2000)
    title = serializers.CharField(**TEXT, max_length=1000, help_text="Needed with a text.")
    standfirst = serializers.CharField(**TEXT, max_length=20000)
    authors = serializers.ListField(child=serializers.CharField(), **LEFT_OUT)
    dateline = serializers.CharField(**TEXT, max_length=300)
    publisher = serializers.CharField(**TEXT, max_length=200)
    published_on = serializers.DateField(**LEFT_OUT)
    language = serializers.CharField(**TEXT, help_text="BCP 47; `en` unless given.")
    licence = serializers.ChoiceField(
        Licence.choices,
        **LEFT_OUT,
        help_text="Whether readers may be shown the whole text; quotes alone unless given.",
    )


class NewReportSerializer(serializers.Serializer[Any]):
    """What somebody outside has to say."""

    kind = serializers.ChoiceField(ReportKind.choices)
    text = serializers.CharField(min_length=1, max_length=20000)
    claim = serializers.CharField(
        **LEFT_OUT, help_text="The id of a public claim; needed unless `kind` is `claim`."
    )
    url = serializers.CharField(**TEXT, max_length=2000)
    sender_name = serializers.CharField(**TEXT, max_length=200)
    sender_email = serializers.CharField(**TEXT, max_length=254)


class WrittenClaimSerializer(serializers.Serializer[Any]):
    """What was recorded on which claim."""

    id = serializers.CharField()
    url = serializers.URLField(help_text="404 until the claim is published.")
    state = serializers.ChoiceField(
        ["unpublished", "published"], help_text="When the act was done."
    )
    entry = serializers.IntegerField(help_text="The number of the entry in its history.")
    if_match = serializers.CharField(help_text="If-Match for the next write to this claim.")


class WrittenArticleSerializer(serializers.Serializer[Any]):
    """Which article it is."""

    id = serializers.CharField()
    url = serializers.URLField(help_text="404 until a published claim appears in the article.")
    sha256 = serializers.CharField(help_text="Of its text in UTF-8.")


class WrittenIntakeSerializer(serializers.Serializer[Any]):
    """An address that is to be fetched."""

    state = serializers.ChoiceField(["waiting"])


class WrittenReportSerializer(serializers.Serializer[Any]):
    """A report that the desk has."""

    id = serializers.CharField()
    receipt_url = serializers.URLField(
        allow_null=True, help_text="The private page that says what becomes of it. Keep it secret."
    )


class WrittenSerializer(serializers.Serializer[Any]):
    """What was written: one of claim, article, intake and report, as it stood when the act was done."""

    id = serializers.CharField()
    url = serializers.URLField(help_text="This act in the API, for the key that did it.")
    act = serializers.ChoiceField(Scope.choices)
    at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(help_text="Until when this answer is kept.")
    claim = WrittenClaimSerializer(allow_null=True)
    article = WrittenArticleSerializer(allow_null=True)
    intake = WrittenIntakeSerializer(allow_null=True)
    report = WrittenReportSerializer(allow_null=True)


class NowSerializer(serializers.Serializer[Any]):
    """How the thing stands now."""

    state = serializers.ChoiceField(
        list(
            dict.fromkeys(
                [
                    "unpublished",
                    "published",
                    "merged",
                    "discarded",
                    "recorded",
                    *IntakeState.values,
                    *ReportState.values,
                ]
            )
        )
    )
    if_match = serializers.CharField(
        required=False, help_text="If-Match for the next write to the claim."
    )
    article = serializers.CharField(
        required=False, allow_null=True, help_text="The id of the article, once it is recorded."
    )


class WritingSerializer(WrittenSerializer):
    """One act of a key, with how the thing stands now."""

    now = NowSerializer()


class WritingPageSerializer(PageSerializer):
    """One page of the acts of a key."""

    results = WritingSerializer(many=True)
