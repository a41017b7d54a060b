"""What is on the desk."""

from __future__ import annotations

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from claims.admin.api_keys import ApiKeyAdmin
from claims.admin.articles import ArticleAdmin
from claims.admin.background import BackgroundTaskAdmin
from claims.admin.claims import ClaimAdmin
from claims.admin.conflicts import ConflictAdmin
from claims.admin.import_list import ImportRunAdmin
from claims.admin.ledger import (
    AppearanceAdmin,
    EvidenceAdmin,
    HistoryEntryAdmin,
    VerdictAdmin,
    WordingAdmin,
)
from claims.admin.method import MethodVersionAdmin
from claims.admin.parties import ClaimantAdmin, PublisherAdmin
from claims.admin.redactions import RedactionRequestAdmin
from claims.admin.reports import ReaderReportAdmin
from claims.admin.reviews import ReviewAdmin
from claims.admin.topics import TopicAdmin
from claims.admin.users import PersonAdmin
from claims.admin.webhooks import DeliveryAdmin, WebhookAdmin
from claims.models import (
    ApiKey,
    Appearance,
    Article,
    BackgroundTask,
    Claim,
    Claimant,
    ConflictOfInterest,
    Delivery,
    Evidence,
    HistoryEntry,
    ImportRun,
    MethodVersion,
    Publisher,
    ReaderReport,
    RedactionRequest,
    Review,
    Topic,
    User,
    Verdict,
    Webhook,
    Wording,
)

admin.site.register(ApiKey, ApiKeyAdmin)
admin.site.register(Appearance, AppearanceAdmin)
admin.site.register(Article, ArticleAdmin)
admin.site.register(BackgroundTask, BackgroundTaskAdmin)
admin.site.register(Claim, ClaimAdmin)
admin.site.register(Claimant, ClaimantAdmin)
admin.site.register(ConflictOfInterest, ConflictAdmin)
admin.site.register(Delivery, DeliveryAdmin)
admin.site.register(Evidence, EvidenceAdmin)
admin.site.register(HistoryEntry, HistoryEntryAdmin)
admin.site.register(ImportRun, ImportRunAdmin)
admin.site.register(MethodVersion, MethodVersionAdmin)
admin.site.register(Publisher, PublisherAdmin)
admin.site.register(ReaderReport, ReaderReportAdmin)
admin.site.register(RedactionRequest, RedactionRequestAdmin)
admin.site.register(Review, ReviewAdmin)
admin.site.register(Topic, TopicAdmin)
admin.site.register(User, PersonAdmin)
admin.site.register(Verdict, VerdictAdmin)
admin.site.register(Webhook, WebhookAdmin)
admin.site.register(Wording, WordingAdmin)

# The package shows its rows to whoever may see its model, with every argument; ours are shown above.
admin.site.unregister(DBTaskResult)
