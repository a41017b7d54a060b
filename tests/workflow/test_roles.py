"""Role by verb: every cell of the table is tried out, and the table in the documentation is the real one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.models import ROLE_VERBS, User
from claims.vocabulary import ReviewReason, Role, Verb
from claims.workflow import ImportedClaim
from tests import factories
from tests.workflow.observing import refused
from tests.workflow.scene import CALLS, UNCONFIRMED, scene_for

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "workflow.md"
NOBODY, FORMER_EDITOR, FORMER_ADMIN = "somebody without a role", "former editor", "former admin"
STRANGERS = (NOBODY, FORMER_EDITOR, FORMER_ADMIN)


def somebody(who: str) -> User:
    """Return a person with a role, or one of the strangers."""
    if who in Role.values:
        return factories.person(Role(who))
    user = factories.UserFactory(
        role=Role.EDITOR if who == FORMER_EDITOR else None,
        is_active=who == NOBODY,
        is_superuser=who == FORMER_ADMIN,
    )
    return User.objects.get(pk=user.pk)


def test_every_verb_is_tried() -> None:
    assert set(CALLS) == set(Verb)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(Verb), ids=lambda verb: verb.value)
def test_a_role_may_use_its_verbs_and_no_others(verb: Verb, role: Role) -> None:
    by = somebody(role)
    scene = scene_for(verb, recorder=by)
    if verb in ROLE_VERBS[role]:
        CALLS[verb](scene, by)
    else:
        with refused("You may not", error=PermissionDenied):
            CALLS[verb](scene, by)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", list(Verb), ids=lambda verb: verb.value)
def test_strangers_may_use_no_verb(verb: Verb) -> None:
    """All in one scene: they recorded nothing of it, and nobody before them changed it."""
    scene = scene_for(verb)
    for by in [somebody(who) for who in STRANGERS]:
        with refused("You may not", error=PermissionDenied):
            CALLS[verb](scene, by)


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*Role.values, *STRANGERS])
def test_only_importers_bring_claims_in_in_bulk(who: str) -> None:
    by = somebody(who)
    row = ImportedClaim(key="1", claim=workflow.ClaimDraft(wording="It is."))
    if who == Role.IMPORTER:
        workflow.import_claims([row], source="archive", origin="Archive", by=by)
    else:
        with refused("You may not", error=PermissionDenied):
            workflow.import_claims([row], source="archive", origin="Archive", by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_migrated_groups_hold_exactly_the_verbs_of_their_role(role: Role) -> None:
    held = Group.objects.get(name=role).permissions.filter(
        content_type__app_label="claims", codename__in=Verb.values
    )
    assert set(held.values_list("codename", flat=True)) == {v.value for v in ROLE_VERBS[role]}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_beyond_verbs_a_role_may_only_look(role: Role) -> None:
    others = Group.objects.get(name=role).permissions.exclude(codename__in=Verb.values)
    assert {name.split("_")[0] for name in others.values_list("codename", flat=True)} == {"view"}


@pytest.mark.django_db
def test_nobody_loses_what_another_role_gives_them() -> None:
    user = factories.UserFactory(role=Role.CONTRIBUTOR)
    user.groups.add(Group.objects.get(name=Role.IMPORTER))
    scene, by = scene_for(Verb.IMPORT_VERDICT), User.objects.get(pk=user.pk)
    workflow.import_verdict(scene.claim, UNCONFIRMED, effective_on=None, origin="A", by=by)
    workflow.open_review(scene.claim, reason=ReviewReason.NEW_CLAIM, by=by)


def test_the_documented_table_is_the_real_one() -> None:
    lines = re.findall(r"^\| `(\w+)` \|(.*)\|$", DOCUMENTATION.read_text(), re.MULTILINE)
    documented = {
        verb: {role for role, cell in zip(Role, cells.split("|"), strict=True) if "yes" in cell}
        for verb, cells in lines
    }
    real = {v.value: {role for role in Role if v in ROLE_VERBS[role]} for v in Verb}
    assert documented == real
