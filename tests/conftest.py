"""The people of the desk, and one claim at each stage of its life."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from claims.models import ChecklistItem, Claim, Review, User
from claims.vocabulary import Role, VerificationStatus
from tests import factories, templates
from tests.scratch import Register, scratch_register_in

# How long made-up data takes to make says how busy the machine is, and nothing about the register.
settings.register_profile("shared", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")


# The desk's pages write by the verbs and read by the searches that are tested on both engines. So a second engine is
# asked for each page and what it costs, and for what asks in ways of its own, not for every refusal of a form.
DESK = Path(__file__).parent / "admin"
# Who may do what is asked of each verb and each role; the rows that say so are the same on both.
ASKED_ONCE = Path(__file__).parent / "workflow" / "test_roles.py"
ASKED_TWICE = (
    "every_page",
    "claim_list",
    "imports",
    "long_lists",
    "merged_claims",
    "palette",
    "queues",
    "queue_filters",
)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names a case with bytes by its place: pytest would spell the bytes out, and some (a packed
    file's time stamp) differ from one process to the next, where xdist needs the same names."""
    return argname if isinstance(val, bytes) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-alone",
        action="store_true",
        help="Leave out what a second engine tells nothing new about: tests that touch no database, most of the desk's",
    )


def pytest_configure(config: pytest.Config) -> None:
    if (
        templates.FOLDER not in os.environ
    ):  # parallel workers are told by the process that began them
        templates.begin()
        config.add_cleanup(templates.end)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-alone"):
        return
    touching = [item for item in items if _tells_of_an_engine(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


def _tells_of_an_engine(item: pytest.Item) -> bool:
    if item.path.parent == DESK and item.path.stem.removeprefix("test_") not in ASKED_TWICE:
        return False
    if item.path == ASKED_ONCE:
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    asked = fixtures & {"db", "transactional_db"}
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:  # noqa: FBT001  (a fixture of that name)
    """On SQLite the file that is there was just copied: it is not made anew, and goes with its folder."""
    from django.db import connection

    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None
) -> None:
    """Begin with a copy of the database that the processes of this run migrated once."""
    from django.db import connection

    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        if not Path(test["NAME"]).exists():
            templates.copy_migrated_file(Path(test["NAME"]))
    elif not request.config.getoption("reuse_db"):
        server = templates.server_of(connection.settings_dict)
        test["TEMPLATE"] = templates.migrated_on_server(server)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Give the tests a newsroom without a checklist: those that are about one publish their own."""
    with django_db_blocker.unblock():
        ChecklistItem.objects.all().delete()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Begin each test without what the one before left in the cache."""
    cache.clear()


@pytest.fixture
def contributor(db: None) -> User:
    """Somebody who brings claims and evidence in."""
    return factories.person(Role.CONTRIBUTOR, username="carla")


@pytest.fixture
def reviewer(db: None) -> User:
    """Somebody who proposes verdicts."""
    return factories.person(Role.REVIEWER, username="rashid")


@pytest.fixture
def second_reviewer(db: None) -> User:
    """Somebody who approves what the reviewer proposes."""
    return factories.person(Role.REVIEWER, username="sofia")


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may void, merge and redact."""
    return factories.person(Role.EDITOR, username="edwin")


@pytest.fixture
def second_editor(db: None) -> User:
    """The other editor, without whom nothing is erased."""
    return factories.person(Role.EDITOR, username="elena")


@pytest.fixture
def importer(db: None) -> User:
    """An account that brings claims in from elsewhere."""
    return factories.person(Role.IMPORTER, username="importer")


@pytest.fixture
def claim(contributor: User) -> Claim:
    """A claim nobody has reviewed yet."""
    claim: Claim = factories.ClaimFactory.create(by=contributor)
    return claim


@pytest.fixture
def review(claim: Claim, reviewer: User) -> Review:
    """A review in which the reviewer has proposed “confirmed”."""
    return factories.proposed_review(claim, VerificationStatus.CONFIRMED, proposer=reviewer)


@pytest.fixture
def published(claim: Claim, review: Review, second_reviewer: User) -> Claim:
    """A claim readers can see, confirmed by two people."""
    from claims.workflow import approve_verdict

    approve_verdict(review, by=second_reviewer)
    return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def scratch_register(tmp_path: Path, db: None) -> Iterator[Register]:
    """A register of its own, for processes that are started and killed."""
    with scratch_register_in(tmp_path) as register:
        yield register
