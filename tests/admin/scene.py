"""One of everything the desk shows, and every word of it Greek: whatever is not, the desk says itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, FilteredList, ReportChannel, ReportKind
from claims.models import Article, Claim, Claimant, HistoryEntry, Publisher, Review, User
from claims.reading.attribution import Statement
from claims.vocabulary import (
    ClaimantKind,
    ClaimKind,
    CueClass,
    EvidenceKind,
    Position,
    RedactionReason,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import (
    AppearanceDraft,
    ClaimDraft,
    ContactDraft,
    EvidenceDraft,
    IntakeCorrection,
    IntakeDraft,
    ReportDraft,
    VerdictDraft,
)
from tests import factories
from tests.admin.scene_machines import machines
from tests.admin.scene_parties import parties
from tests.admin.scene_ratings import ratings
from tests.admin.scene_relations import relations
from tests.snapshots.pictures import PDF
from tests.workflow.fetching_of import read_reading

TEXT = "Ο δήμαρχος είπε ότι η γέφυρα αντέχει.\n\nΤο συμβούλιο το αρνήθηκε."
QUOTE = "η γέφυρα αντέχει"
DOMAIN = "εφημερίδα.ελ"
VERDICT: dict[str, Any] = {
    "rationale": "Δύο έλεγχοι.",
    "known": "Αντέχει.",
    "not_known": "Πόσο.",
    "would_settle": "Μέτρηση.",
    "single_source_reason": "Αρχείο.",
}


def statements(text: str) -> list[Statement]:
    """What would be found in the article, were the rules for its language there."""
    start = text.find(QUOTE)
    if start < 0:
        return []
    found = Statement(
        source="Δήμαρχος",
        source_surface="Ο δήμαρχος",
        source_start=0,
        source_end=10,
        source_inferred=True,
        nested_source=None,
        cue="είπε",
        cue_start=11,
        cue_end=15,
        cue_class=CueClass.HEDGE,
        position=Position.ASSERTS,
        content=QUOTE,
        start=start,
        end=start + len(QUOTE),
        fragments=((start, start + len(QUOTE)),),
        direct=True,
    )
    return [found]


@dataclass
class Scene:
    """Who is there, and claims at every stage."""

    boss: User
    rita: User
    sofia: User
    article: Article
    mayor: Claimant
    paper: Publisher
    last: Claim = field(init=False)

    def claim(self, wording: str, kind: ClaimKind = ClaimKind.FACT) -> Claim:
        """Record a claim that was found in the article."""
        draft = ClaimDraft(
            wording=wording,
            kind=kind,
            claimant=self.mayor,
            said_on=date(2025, 3, 1),
            language="el",
        )
        found = AppearanceDraft(
            article=self.article,
            exact=QUOTE,
            speaker=self.mayor,
            cue="είπε",
            cue_class=CueClass.HEDGE,
            inferred=True,
        )
        return workflow.record_claim(draft, appearance=found, by=self.rita)

    def evidence(self, claim: Claim, title: str, stance: Stance = Stance.SUPPORTS) -> HistoryEntry:
        """Add a piece of evidence with all that it can say of itself."""
        draft = EvidenceDraft(
            stance=stance,
            kind=EvidenceKind.DOCUMENT,
            url=f"https://{len(title)}.example/{title}",
            source_text="Επιστολή",
            title=title,
            publisher_name=title,
            published_on=date(2025, 3, 2),
            excerpt="Απόσπασμα",
            note="Σημείωση",
            primary=True,
        )
        return workflow.add_evidence(claim, draft, by=self.rita).entry

    def review(self, claim: Claim) -> Review:
        """Open a review."""
        reason = ReviewReason.NEW_EVIDENCE if claim.is_published else ReviewReason.NEW_CLAIM
        return workflow.open_review(claim, reason=reason, note="Επείγον", by=self.sofia)

    def proposed(self, claim: Claim, status: VerificationStatus) -> Review:
        """Open a review and propose a verdict."""
        review = self.review(claim)
        workflow.propose_verdict(review, VerdictDraft(status=status, **VERDICT), by=self.rita)
        return review

    def published(self, wording: str) -> Claim:
        """Record a claim, with evidence, and publish a verdict on it."""
        claim = self.claim(wording)
        for title in ("Έκθεση", "Μετρήσεις"):
            self.evidence(claim, title)
        review = self.proposed(claim, VerificationStatus.CONFIRMED)
        workflow.approve_verdict(review, by=self.sofia)
        return claim


def everything() -> Scene:
    """Make one of everything."""
    scene = _people_and_article()
    _at_work(scene)
    _public(scene)
    _ended(scene)
    _on_the_way_in(scene)
    _sources(scene)
    _beside(scene)
    parties(scene.last, by=scene.sofia)
    machines(scene.boss)
    factories.failed_task()
    return scene


def _people_and_article() -> Scene:
    boss = User.objects.create_superuser("αρχή", "", "pw", public_name="Αρχή")
    named = {"first_name": "Όνομα", "last_name": "Επώνυμο"}
    rita = factories.person(Role.EDITOR, username="ρίτα", public_name="Ρίτα", **named)
    sofia = factories.person(Role.EDITOR, username="σοφία", public_name="Σοφία", **named)
    paper = workflow.record_publisher(name="Εφημερίδα", domain=DOMAIN, by=rita)
    article = factories.ArticleFactory(
        title="Η γέφυρα",
        text=TEXT,
        standfirst="Εισαγωγή",
        authors=("Συντάκτης",),
        publisher=paper,
        published_on=date(2025, 3, 1),
        url="https://news.example/γέφυρα",
        language="el",
        by=rita,
    )
    mayor = workflow.record_claimant(
        name="Δήμαρχος", role="Δήμος", kind=ClaimantKind.PERSON, by=rita
    )
    return Scene(boss, rita, sofia, article, mayor, paper)


def _at_work(scene: Scene) -> None:
    """Claims nobody has taken up, proposed, returned, assigned, and one on which no verdict is possible."""
    scene.last = scene.claim("Η γέφυρα είναι καινούργια.")
    scene.evidence(scene.last, "Χάρτης")
    scene.claim("Η γέφυρα είναι ωραία.", kind=ClaimKind.OPINION)
    proposed = scene.claim("Η γέφυρα έπεσε.")
    scene.evidence(proposed, "Φωτογραφία", Stance.REFUTES)
    review = scene.proposed(proposed, VerificationStatus.DISPUTED)
    workflow.create_preview(review, label="Ειδικός", days=7, by=scene.rita)
    scene.evidence(proposed, "Βίντεο", Stance.CONTEXT)
    returned = scene.proposed(scene.claim("Η γέφυρα τρέμει."), VerificationStatus.UNCONFIRMED)
    workflow.return_review(returned, reason="Λίγο.", by=scene.sofia)
    named = ("Η γέφυρα γέρνει.", "Η γέφυρα λάμπει.", "Η γέφυρα βάφεται.", "Η γέφυρα κλείνει.")
    *three, last = [scene.claim(wording) for wording in named]
    ratings(*three, by=scene.rita, second=scene.boss, **VERDICT)
    workflow.assign_review(scene.review(last), to=scene.rita, by=scene.sofia)


def _on_the_way_in(scene: Scene) -> None:
    """Articles to be checked, with something like them in the register; waiting; fetched in vain."""
    url = scene.article.url
    for by, end in ((scene.boss, "Ίσως."), (scene.rita, "Μάλλον.")):
        draft = IntakeDraft(text=f"Η γέφυρα\n\n{TEXT}\n\n{end}", url=url)
        intake = workflow.start_intake(draft, by=by)
        parts = IntakeCorrection(
            title="Η γέφυρα",
            text=f"{TEXT}\n\n{end}",
            publisher_name="Εφημερίδα",
            published_on=date(2025, 3, 4),
            url=url,
            language="el",
        )
        workflow.correct_intake(intake, parts, by=by)
    waiting = IntakeDraft(url="https://news.example/ποταμός")
    workflow.start_intake(waiting, by=scene.boss)
    for trouble in FetchTrouble:
        failed = workflow.start_intake(waiting, by=scene.boss)
        workflow.fail_intake(failed, trouble, detail="Λεπτομέρεια", by=scene.boss)


def _public(scene: Scene) -> None:
    """A claim whose verdict stands on shaken ground, with erasures asked for and carried out."""
    claim = scene.published("Η γέφυρα αντέχει.")
    first, second = (piece for piece in claim.evidence.order_by("pk"))
    workflow.withdraw_evidence(first, reason="Λάθος.", by=scene.rita)
    workflow.reword_claim(claim, wording="Η γέφυρα αντέχει ακόμη.", reason="Σαφές.", by=scene.rita)
    ask: dict[str, Any] = {"fields": ["evidence.excerpt"], "by": scene.rita}
    ask["reason"] = RedactionReason.COPYRIGHT
    workflow.propose_redaction(second.entry, **ask)
    asked = workflow.propose_redaction(first.entry, **ask)
    workflow.redact_text(asked, by=scene.sofia)
    scene.review(claim)
    sent = ReportDraft(
        kind=ReportKind.ERROR, channel=ReportChannel.MAIL, text="Λάθος.", claim=claim
    )
    workflow.file_report(sent, by=scene.rita)


def _ended(scene: Scene) -> None:
    """A verdict taken back, one given elsewhere, a duplicate, a review that was closed."""
    voided = scene.published("Η γέφυρα είναι ξύλινη.")
    workflow.void_verdict(voided, reason="Λάθος.", by=scene.sofia)
    old = scene.claim("Η γέφυρα είναι παλιά.")
    draft = VerdictDraft(status=VerificationStatus.CONFIRMED, **VERDICT)
    importer = factories.person(Role.IMPORTER, username="γιάννης", public_name="Γιάννης")
    workflow.import_verdict(old, draft, effective_on=date(2024, 5, 1), origin="Αλλού", by=importer)
    relations(voided, old, by=scene.rita)
    double = scene.claim("Η γέφυρα αντέχει πολύ.")
    workflow.close_review(scene.review(double), reason="Διπλό.", by=scene.rita)
    workflow.merge_claims(double, into=voided, reason="Διπλό.", by=scene.sofia)


def _sources(scene: Scene) -> None:
    """Sources under way: one that waits, one that came to nothing, and two that are ready, one much like evidence."""
    claim, by, address = scene.claim("Η γέφυρα άνοιξε."), scene.rita, "https://news.example/πηγή"
    workflow.start_reading(claim, url=address, by=by)
    failed = workflow.start_reading(claim, url=address, by=by)
    workflow.fail_reading(failed, FetchTrouble.GONE, detail="Λείπει.", by=by)
    workflow.take_file(claim, data=PDF, name="επιστολή.pdf", by=by)
    draft = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.FACT_CHECK, url=address)
    used = read_reading(claim, by, GREEK_PAGE, url=address)
    unlike = replace(draft, excerpt="Άλλα λόγια", rating="Ψευδές")
    workflow.add_read_evidence(used, unlike, by=by, not_in_copy=True)
    read_reading(claim, by, GREEK_PAGE, url=address)


def _beside(scene: Scene) -> None:
    """What stands beside claims and reviews: a topic, a conflict, a report, a filter, a contact, a checklist."""
    claim, by = scene.claim("Η γέφυρα σείεται."), scene.rita
    workflow.record_topic(name="Γέφυρες", recheck_days=30, by=by)
    workflow.declare_conflict(claim=claim, reason="Συγγενής.", by=scene.sofia)
    sent = ReportDraft(kind=ReportKind.CLAIM, channel=ReportChannel.PAGE, text="Λάθος.")
    workflow.file_report(sent, by=None)
    lists: dict[str, Any] = {"list": FilteredList.REVIEWS, "query": "state=open"}
    workflow.save_filter(name="Ανοιχτές", by=scene.boss, **lists)
    workflow.record_contact(claim, ContactDraft(asked_on=date(2025, 3, 3), channel="Ε"), by=by)
    factories.method("Έλεγχος", by=by)
    workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=by)


GREEK_REVIEWS = [
    {
        "@type": "ClaimReview",
        "claimReviewed": claimed,
        "author": {"@type": "Organization", "name": "Ελεγκτές"},
        "reviewRating": {"alternateName": "Ψευδές"},
        "datePublished": "2025-03-02",
    }
    for claimed in ("Η γέφυρα άνοιξε.", "Η γέφυρα έπεσε.")
]
GREEK_PAGE = f"""<html lang="el"><head><title>Η γέφυρα</title><meta property="og:site_name" content="Εφημερίδα">
<script type="application/ld+json">{json.dumps(GREEK_REVIEWS)}</script></head>
<body><h1>Η γέφυρα</h1><address>ТАСС</address><p>{TEXT}</p></body></html>""".encode()
