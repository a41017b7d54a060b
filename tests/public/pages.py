"""What the tests of the public pages share: addresses, the parsed page, and a claim that has everything."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from claims import addresses, workflow
from claims.models import Article, Claim, Claimant, ClaimDocument, User
from claims.vocabulary import (
    CueClass,
    EvidenceKind,
    Licence,
    Position,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import AppearanceDraft, EvidenceDraft, VerdictDraft
from tests import factories


def document(claim: Claim) -> dict[str, Any]:
    """Return a claim's stored public document."""
    body: dict[str, Any] = json.loads(ClaimDocument.objects.get(claim=claim).body)
    return body


def path_of(claim: Claim) -> str:
    """Return the address of a claim's page."""
    return str(document(claim)["html_url"])


def said_at(claim: Claim, number: int) -> str:
    """Return the moment at which an entry of a claim was recorded."""
    return str(document(claim)["history"][number - 1]["recorded_at"])


def html(client: Client, path: str, status: int = 200) -> str:
    """Return a page's HTML after checking its status."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def words(page: str) -> str:
    """Return the words of a page without its tags, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@dataclass
class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    found: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    @classmethod
    def of(cls, page: str) -> list[tuple[str, dict[str, str | None]]]:
        """Return the elements of `page`."""
        parser = cls()
        parser.feed(page)
        return parser.found


@dataclass
class Everything:
    """A published claim in which every text is `text`, and the pages it shows up on."""

    claim: Claim
    article: Article
    paths: list[str]


def everything(text: str, *, licence: Licence = Licence.FULL_TEXT) -> Everything:
    """Take a claim through every public act, with `text` in each place a person can write to."""
    desk = factories.person(Role.EDITOR, public_name=f"Desk {text}")
    reviewer = factories.person(Role.REVIEWER, public_name=f"Reviewer {text}")
    speaker = factories.ClaimantFactory(name=f"Speaker {text}", role=f"Role {text}")
    other = factories.ClaimantFactory(name=f"Other {text}")
    article = factories.ArticleFactory(
        title=f"Title {text}",
        text=f"Before it. {text} said, and more. After it.\n\nAnother paragraph {text}.",
        standfirst=text,
        authors=f"{text}; Somebody",
        dateline="PLACE",
        publisher_name=f"Publisher {text}",
        url="https://news.example/report?a=1&b=2",
        licence=licence,
    )
    appearance = AppearanceDraft(
        article=article,
        exact=f"{text} said",
        position=Position.CANNOT_CONFIRM,
        cue=f"cue {text}",
        cue_class=CueClass.HEDGE,
        speaker=other,
        inferred=True,
    )
    claim = factories.ClaimFactory(
        wording=f"First {text}", claimant=speaker, appearance=appearance, by=desk
    )
    _evidence(claim, text, by=desk)
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    workflow.propose_verdict(review, _verdict(text), by=reviewer)
    workflow.approve_verdict(review, by=desk)
    workflow.reword_claim(claim, wording=f"Second {text}", reason=f"Reason {text}", by=desk)
    claim = Claim.objects.get(pk=claim.pk)
    return Everything(claim, article, _paths(claim, article, speaker, other))


def _verdict(text: str) -> VerdictDraft:
    return VerdictDraft(
        status=VerificationStatus.DISPUTED,
        rationale=f"Rationale {text}",
        known=f"Known {text}",
        not_known=f"Unknown {text}",
        would_settle=f"Settle {text}",
        single_source_reason=f"Single {text}",
    )


def _evidence(claim: Claim, text: str, *, by: User) -> None:
    pieces = [
        workflow.add_evidence(
            claim,
            EvidenceDraft(
                stance=stance,
                kind=EvidenceKind.DOCUMENT,
                url=url,
                source_text=f"Source {text}",
                title=title,
                publisher_name=f"Outlet {text}",
                excerpt=f"Excerpt {text}",
                note=f"Remark {text}",
                primary=True,
            ),
            by=by,
        )
        for stance, url, title in (
            (Stance.REFUTES, "https://source.example/?q=1&r=2", f"Evidence {text}"),
            (Stance.SUPPORTS, "", f"Evidence {text}"),
            (Stance.CONTEXT, "", ""),
        )
    ]
    workflow.withdraw_evidence(pieces[1], reason=f"Withdrawn {text}", by=by)


def _paths(claim: Claim, article: Article, *claimants: Claimant) -> list[str]:
    page = path_of(claim)
    number = next(e["number"] for e in document(claim)["history"] if e["act"] == "verdict_given")
    return [
        "/",
        "/claims/",
        page,
        f"{page}?as_of={said_at(claim, number)}",
        addresses.article_page(article),
        *(addresses.claimant_page(one.public_id, one.name) for one in claimants),
    ]
