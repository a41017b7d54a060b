"""The loader of seeds: a claim is loaded whole or not at all, and once."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims import workflow
from claims.management.people import ensure_cast
from claims.management.seeding import load_story, loaded_claim
from claims.management.stories import SeedError, Story, read_story
from claims.models import Article, Claim, ImportRecord, User
from tests.seed_examples import Write, bridge_story, spoil, writer


@pytest.fixture
def small() -> dict[str, Any]:
    return bridge_story()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return writer(tmp_path)


def seeded(story: str, key: str) -> Claim:
    claim = loaded_claim(story, key)
    assert claim is not None
    return claim


def load(story: Story) -> None:
    load_story(story, ensure_cast())


@pytest.mark.django_db
def test_a_refusal_of_a_verb_names_the_act_and_leaves_nothing_of_the_claim(
    small: dict[str, Any], write: Write
) -> None:
    story = read_story(write(spoil(small, "claims.0.acts.4.by", "reviewer")))
    with pytest.raises(SeedError, match=r"claim bridge, act 5 \(approve_verdict\): .*proposed"):
        load(story)
    assert not Claim.objects.exists()
    assert not ImportRecord.objects.exists()


@pytest.mark.django_db
def test_a_rule_that_is_broken_is_told_with_its_place(small: dict[str, Any], write: Write) -> None:
    story = read_story(write(spoil(small, "claims.0.acts.3.status", "confirmed")))
    with pytest.raises(SeedError, match=r"act 4 \(propose_verdict\): “Confirmed” needs"):
        load(story)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "confirmed"), ("needs_reconfirmation", True)],
)
def test_a_claim_that_ends_otherwise_is_not_loaded(
    small: dict[str, Any], write: Write, name: str, value: object
) -> None:
    story = read_story(write(spoil(small, f"claims.0.expect.{name}", value)))
    with pytest.raises(
        SeedError, match=rf"claim bridge, expect, field {name}: the claim ends with"
    ):
        load(story)
    assert not Claim.objects.exists()


def another(claim: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a claim like `claim`; the same words from the same quote would be refused as sent twice."""
    return {**copy.deepcopy(claim), "key": key, "wording": f"{claim['wording']} So it is said."}


@pytest.mark.django_db
def test_a_duplicate_that_was_not_merged_is_not_loaded(small: dict[str, Any], write: Write) -> None:
    second = another(small["claims"][0], "copy")
    small["claims"].append(spoil(second, "expect.merged_into", "bridge"))
    with pytest.raises(
        SeedError, match="claim copy, expect, field merged_into: the claim ends with"
    ):
        load(read_story(write(small)))


@pytest.mark.django_db
def test_an_interrupted_load_is_taken_up_where_it_stopped(
    small: dict[str, Any], write: Write
) -> None:
    second = another(small["claims"][0], "tower")
    small["claims"].append(spoil(second, "acts.4.by", "reviewer"))
    with pytest.raises(SeedError, match="claim tower"):
        load(read_story(write(small)))
    first = seeded("small", "bridge")
    load(read_story(write(spoil(small, "claims.1.acts.4.by", "editor"))))
    assert seeded("small", "bridge") == first
    assert seeded("small", "tower").status == "disputed"
    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_what_people_did_to_a_claim_since_is_kept(small: dict[str, Any], write: Write) -> None:
    file = write(small)
    load(read_story(file))
    claim = seeded("small", "bridge")
    workflow.void_verdict(
        claim, reason="The survey was of another bridge.", by=ensure_cast()["editor"]
    )
    load(read_story(file))
    assert Claim.objects.get().status is None


@pytest.mark.django_db
def test_one_bad_file_keeps_all_files_out(
    small: dict[str, Any], write: Write, tmp_path: Path
) -> None:
    write(small, "a.yaml")
    write(spoil(small, "claims.0.kind", "gossip"), "b.yaml")
    with pytest.raises(CommandError, match=r"b\.yaml: claim bridge"):
        call_command("load_seeds", path=tmp_path)
    assert not Claim.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_command_says_what_it_did(
    small: dict[str, Any], write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(small)
    call_command("load_seeds", path=file)
    call_command("load_seeds", path=file)
    assert capsys.readouterr().out.splitlines() == [
        "small: 1 claims added, 0 kept.",
        "small: 0 claims added, 1 kept.",
    ]


def test_a_production_register_does_not_load_seeds(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_seeds")
