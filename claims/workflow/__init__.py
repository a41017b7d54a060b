"""The verbs: the only way anything in the register is written.

Each checks permission and rules under the claim's lock, records what it did, and leaves every derived thing in
step. A refusal is PermissionDenied or RuleBroken, and nothing is written.
"""

from claims.workflow.affiliations import add_affiliation, end_affiliation, withdraw_affiliation
from claims.workflow.aliases import add_alias, withdraw_alias
from claims.workflow.api_keys import (
    IssuedKey,
    issue_api_key,
    revoke_api_key,
    rotate_api_key,
)
from claims.workflow.background import request_export, retry_task
from claims.workflow.checklist import check_item, uncheck_item
from claims.workflow.claims import KEEP, add_appearance, record_claim, reword_claim
from claims.workflow.conflicts import declare_conflict, end_conflict, record_conflict
from claims.workflow.contacts import record_contact
from claims.workflow.drafts import (
    AppearanceDraft,
    ArticleDraft,
    ClaimDraft,
    ContactDraft,
    EvidenceDraft,
    IntakeCorrection,
    IntakeDraft,
    ReportDraft,
    VerdictDraft,
)
from claims.workflow.evidence import add_evidence, withdraw_evidence
from claims.workflow.filters import delete_filter, save_filter
from claims.workflow.import_runs import (
    carry_out_import,
    confirm_import,
    discard_import,
    fail_import,
    preview_import,
    start_import,
)
from claims.workflow.imports import (
    ImportedClaim,
    ImportedPart,
    ImportedVerdict,
    ImportResult,
    import_claims,
    import_onto_claim,
    remember_import,
)
from claims.workflow.intake import (
    RecordedArticle,
    ingest_article,
    record_article,
    record_claimant,
    record_publisher,
)
from claims.workflow.linking import link_claimant
from claims.workflow.manners import discard_draft, end_presence, save_draft, show_presence
from claims.workflow.merging import merge_claimants, merge_claims
from claims.workflow.method import publish_method
from claims.workflow.notes import add_note
from claims.workflow.notices import choose_notices, read_notices
from claims.workflow.overriding import override_verdict
from claims.workflow.planning import prioritise_review, schedule_review
from claims.workflow.previews import create_preview, revoke_preview
from claims.workflow.rating import rate_claim, set_second_rating
from claims.workflow.readings import (
    add_read_evidence,
    begin_reading,
    fail_reading,
    fill_reading,
    start_reading,
    take_file,
)
from claims.workflow.rechecks import set_recheck
from claims.workflow.redaction import erasable_fields, propose_redaction, redact_text
from claims.workflow.refusals import RuleBroken
from claims.workflow.relations import relate_claims, withdraw_relation
from claims.workflow.reports import accept_report, decline_report, file_report
from claims.workflow.reviews import assign_review, close_review, open_review, return_review
from claims.workflow.suggestions import set_aside_statement, take_up_statement
from claims.workflow.taking_back import discard_claim, withdraw_appearance
from claims.workflow.taking_in import (
    begin_fetch,
    correct_intake,
    discard_intake,
    fail_intake,
    fill_intake,
    record_intake,
    retry_intake,
    start_intake,
)
from claims.workflow.topics import change_topic, file_claim, record_topic
from claims.workflow.verdicts import (
    approve_verdict,
    import_verdict,
    propose_verdict,
    void_verdict,
)
from claims.workflow.webhooks import (
    change_webhook,
    disable_webhook,
    enable_webhook,
    ping_webhook,
    replay_delivery,
    replay_failed,
    rotate_webhook_secret,
    set_up_webhook,
)

__all__ = [
    "KEEP",
    "AppearanceDraft",
    "ArticleDraft",
    "ClaimDraft",
    "ContactDraft",
    "EvidenceDraft",
    "ImportResult",
    "ImportedClaim",
    "ImportedPart",
    "ImportedVerdict",
    "IntakeCorrection",
    "IntakeDraft",
    "IssuedKey",
    "RecordedArticle",
    "ReportDraft",
    "RuleBroken",
    "VerdictDraft",
    "accept_report",
    "add_affiliation",
    "add_alias",
    "add_appearance",
    "add_evidence",
    "add_note",
    "add_read_evidence",
    "approve_verdict",
    "assign_review",
    "begin_fetch",
    "begin_reading",
    "carry_out_import",
    "change_topic",
    "change_webhook",
    "check_item",
    "choose_notices",
    "close_review",
    "confirm_import",
    "correct_intake",
    "create_preview",
    "declare_conflict",
    "decline_report",
    "delete_filter",
    "disable_webhook",
    "discard_claim",
    "discard_draft",
    "discard_import",
    "discard_intake",
    "enable_webhook",
    "end_affiliation",
    "end_conflict",
    "end_presence",
    "erasable_fields",
    "fail_import",
    "fail_intake",
    "fail_reading",
    "file_claim",
    "file_report",
    "fill_intake",
    "fill_reading",
    "import_claims",
    "import_onto_claim",
    "import_verdict",
    "ingest_article",
    "issue_api_key",
    "link_claimant",
    "merge_claimants",
    "merge_claims",
    "open_review",
    "override_verdict",
    "ping_webhook",
    "preview_import",
    "prioritise_review",
    "propose_redaction",
    "propose_verdict",
    "publish_method",
    "rate_claim",
    "read_notices",
    "record_article",
    "record_claim",
    "record_claimant",
    "record_conflict",
    "record_contact",
    "record_intake",
    "record_publisher",
    "record_topic",
    "redact_text",
    "relate_claims",
    "remember_import",
    "replay_delivery",
    "replay_failed",
    "request_export",
    "retry_intake",
    "retry_task",
    "return_review",
    "revoke_api_key",
    "revoke_preview",
    "reword_claim",
    "rotate_api_key",
    "rotate_webhook_secret",
    "save_draft",
    "save_filter",
    "schedule_review",
    "set_aside_statement",
    "set_recheck",
    "set_second_rating",
    "set_up_webhook",
    "show_presence",
    "start_import",
    "start_intake",
    "start_reading",
    "take_file",
    "take_up_statement",
    "uncheck_item",
    "void_verdict",
    "withdraw_affiliation",
    "withdraw_alias",
    "withdraw_appearance",
    "withdraw_evidence",
    "withdraw_relation",
]
