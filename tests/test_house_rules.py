"""The house rules that a linter cannot hold: who may write, how long things may be, what must not be there."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from claims import workflow
from claims.history.triggers import LEDGER
from claims.vocabulary import Verb

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path
    for room in ("claims", "factcheck", "tests", "benchmarks", ".ci")
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)
OURS = [path for path in SOURCES if path.is_relative_to(ROOT / "claims")]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "save",
    "delete",
    "_raw_delete",
}


def name_of(path: Path) -> str:
    """Return a path as a reader names it."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """Return what stands in a file."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(text_of(path), str(path))


def calls_in(path: Path) -> Iterator[ast.Call]:
    """Yield every call in a file."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


def names_in(node: ast.AST) -> set[str]:
    """Return every name that stands in an expression."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def writers_of(models: set[str]) -> dict[str, set[str]]:
    """Return which files of the product write rows of `models`, and by which methods."""
    found: dict[str, set[str]] = {}
    for path in OURS:
        for call in calls_in(path):
            method = call.func
            if not (isinstance(method, ast.Attribute) and method.attr in WRITES):
                continue
            if names_in(method.value) & (models | {"_default_manager"}):
                found.setdefault(name_of(path), set()).add(method.attr)
    return found


def users_of(module: str) -> set[str]:
    """Return which files of the product call something of a module by the module's name."""
    return {name_of(path) for path in OURS if re.search(rf"\b{module}\.\w+\(", text_of(path))}


def test_one_module_writes_the_history_and_one_the_log() -> None:
    ledger = {model.__name__ for model in LEDGER} - {"Article", "ArticleOriginal"}
    assert writers_of(ledger) == {
        "claims/history/recorder.py": {"bulk_create"},
        "claims/history/many.py": {"bulk_create"},  # for whom the next lines name
        "claims/history/bulk.py": {"create"},  # that a register is being rebuilt
    }
    the_doors = {f"claims/history/{name}.py" for name in ("recorder", "sealing")}
    rebuilding = {f"claims/workflow/restoring{name}.py" for name in ("", "_claims", "_parties")}
    assert users_of("many") == the_doors | rebuilding
    assert changes_of_rows() == {"claims/history/recorder.py"}


def changes_of_rows() -> set[str]:
    """Return the files that null a column and its salt, which only a redaction may."""
    salted = re.compile(r"_salt\W*\w*\W*: None|_salt=None")
    return {name_of(path) for path in OURS if salted.search(text_of(path))}


def test_articles_are_frozen_in_one_place() -> None:
    writers = writers_of({"Article", "ArticleOriginal", "article", "original"})
    writers.pop("claims/history/many.py")
    assert writers == {"claims/workflow/intake.py": {"save"}}


def test_claims_are_written_where_acts_end() -> None:
    writers = writers_of({"Claim", "claim"})
    assert {name for name in writers if not name.startswith("claims/history/")} == {
        "claims/workflow/acting.py"
    }


def test_the_second_door_into_the_history_is_used_for_rebuilding_alone() -> None:
    rooms = ("restoring", "ending_restorations")
    assert users_of("bulk") == {f"claims/workflow/{name}.py" for name in rooms}


def test_reviews_begin_in_one_place_which_lets_readers_know() -> None:
    writers = writers_of({"Review"})
    assert {name for name in writers if not name.startswith("claims/history/")} == {
        "claims/workflow/reviews.py"
    }


def test_raw_sql_is_written_by_the_guards_alone() -> None:
    writers = {
        name_of(path)
        for path in OURS
        for call in calls_in(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"execute", "executemany", "executescript", "raw"}
    }
    engines = {f"claims/search/engine/{name}.py" for name in ("both", "postgresql", "sqlite")}
    compiled = {
        "claims/models/compiled.py",
        "claims/models/compiled_sending.py",
    }  # the SQL that a QuerySet has written
    state = {"factcheck/database_version.py"}  # no row of any table tells it
    # A million claims take COPY on PostgreSQL and prepared INSERTs on SQLite, and indexes that come last.
    bulk = {"claims/history/bulk.py", "claims/history/many.py"}
    assert {name for name in writers if "guards" not in name} <= engines | compiled | state | bulk


def test_audiences_do_not_write() -> None:
    doors = ("claims/admin/", "claims/api/", "claims/public/", "claims/management/")
    ledger = {model.__name__ for model in LEDGER} | {"Claim", "Review", "Proposal"}
    assert [name for name in writers_of(ledger) if name.startswith(doors)] == []


def test_save_names_its_fields() -> None:
    bare = [
        f"{name_of(path)}:{call.lineno}"
        for path in OURS
        for call in calls_in(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "save"
        and not call.args
        and not {word.arg for word in call.keywords} & {"update_fields", "force_insert", "commit"}
        and "super" not in names_in(call.func)
    ]
    assert bare == []


def test_a_file_can_be_read_in_one_sitting() -> None:
    lengths = {name_of(path): len(text_of(path).splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_function_fits_on_a_screen() -> None:
    lengths = {
        f"{name_of(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_module_opens_by_saying_what_it_owns() -> None:
    silent = [path for path in SOURCES if text_of(path) and not ast.get_docstring(tree_of(path))]
    assert [name_of(path) for path in silent] == []


def test_a_query_count_is_asserted_and_not_only_named() -> None:
    named_only = [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and names_in(node.value.func) & {"assertNumQueries", "django_assert_num_queries"}
    ]
    assert named_only == []


def test_nothing_is_left_for_later() -> None:
    unfinished = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error")
    assert [name_of(path) for path in SOURCES if unfinished.search(text_of(path))] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "services", "misc"}
    assert [name_of(path) for path in SOURCES if {path.stem, path.parent.name} & empty] == []


def verbs() -> dict[str, object]:
    """Return the functions that the workflow offers, but for the one read among them."""
    functions = {name: getattr(workflow, name) for name in workflow.__all__}
    return {
        name: thing
        for name, thing in functions.items()
        if inspect.isfunction(thing) and name != "erasable_fields"
    }


# These are made of other verbs, or go with one, and ask for its permission.
NEED_ANOTHERS = {
    "begin_fetch",
    "correct_intake",
    "discard_intake",
    "fail_intake",
    "fill_intake",
    "import_claims",
    "import_onto_claim",
    "carry_out_import",
    "confirm_import",
    "discard_import",
    "fail_import",
    "preview_import",
    "start_import",
    "uncheck_item",
    "ingest_article",
    "record_intake",
    "remember_import",
    "retry_intake",
    "rotate_api_key",
    "start_intake",
    "add_read_evidence",
    "begin_reading",
    "fail_reading",
    "fill_reading",
    "start_reading",
    "take_file",
    "change_webhook",
    "disable_webhook",
    "enable_webhook",
    "ping_webhook",
    "replay_delivery",
    "replay_failed",
    "rotate_webhook_secret",
}
# These are about nobody's things but one's own, and everybody on the desk has them.
ONES_OWN = {
    "choose_notices",
    "delete_filter",
    "discard_draft",
    "end_presence",
    "read_notices",
    "save_draft",
    "save_filter",
    "show_presence",
}


# What comes from outside by itself has nobody who acts; whoever acts needs the permission.
FROM_OUTSIDE = {"file_report"}


def test_every_verb_has_its_permission() -> None:
    offered = set(verbs())
    assert set(Verb.values) <= offered
    assert offered - set(Verb.values) == NEED_ANOTHERS | ONES_OWN


@pytest.mark.parametrize("name", verbs())
def test_every_verb_says_who_acts(name: str) -> None:
    parameter = inspect.signature(verbs()[name]).parameters.get("by")  # type: ignore[arg-type]
    assert parameter is not None
    assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
    assert parameter.default is inspect.Parameter.empty
    assert parameter.annotation == ("User | None" if name in FROM_OUTSIDE else "User")


@pytest.mark.parametrize("name", verbs())
def test_every_verb_has_a_test_file_of_its_name(name: str) -> None:
    assert (ROOT / "tests" / "workflow" / f"test_{name}.py").is_file()


def test_no_setting_turns_recording_off() -> None:
    written = (ROOT / "claims" / "history" / "recorder.py").read_text()
    assert "settings" not in written
    assert "environ" not in written
