"""The groups Contributor, Reviewer, Editor and Importer, with the verbs each may use."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CONTRIBUTOR = (
    "record_publisher",
    "record_claimant",
    "record_article",
    "record_claim",
    "add_appearance",
    "add_evidence",
    "open_review",
)
REVIEWER = (
    *CONTRIBUTOR,
    "reword_claim",
    "withdraw_evidence",
    "assign_review",
    "propose_verdict",
    "return_review",
    "approve_verdict",
    "close_review",
)
EDITOR = (*REVIEWER, "void_verdict", "merge_claims", "propose_redaction", "redact_text")
IMPORTER = (
    "record_publisher",
    "record_claimant",
    "record_article",
    "record_claim",
    "add_appearance",
    "add_evidence",
    "import_verdict",
)
ROLES = {
    "Contributor": CONTRIBUTOR,
    "Reviewer": REVIEWER,
    "Editor": EDITOR,
    "Importer": IMPORTER,
}
VIEWED = (
    "appearance",
    "article",
    "claim",
    "claimant",
    "evidence",
    "historyentry",
    "importrecord",
    "proposal",
    "publisher",
    "redaction",
    "redactionrequest",
    "review",
    "verdict",
    "wording",
)


def create_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    type_model = apps.get_model("contenttypes", "ContentType")
    alias = schema_editor.connection.alias

    def permission(model: str, codename: str) -> Any:
        content_type, _ = type_model.objects.using(alias).get_or_create(
            app_label="claims", model=model
        )
        found, _ = permission_model.objects.using(alias).get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": codename.replace("_", " ").capitalize()},
        )
        return found

    views = [permission(model, f"view_{model}") for model in VIEWED]
    for role, verbs in ROLES.items():
        group, _ = group_model.objects.using(alias).get_or_create(name=role)
        group.permissions.set([*views, *(permission("claim", verb) for verb in verbs)])


def delete_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_roles, delete_roles)]
