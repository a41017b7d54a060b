"""Settings and their page agree; production refuses what would harm a real register."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from factcheck import checks
from factcheck import settings as project

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "FACTCHECK_OWNER_NAME": "Example Media Foundation",
    "FACTCHECK_OWNER_CONTACT": "mailto:desk@example.org",
    "FACTCHECK_FUNDING": "Paid for by its readers.",
    "FACTCHECK_ESCALATION_NAME": "the Example Press Council",
    "FACTCHECK_MODE": "production",
    "FACTCHECK_SECRET_KEY": "kx3NwPz8Qm1vTf6RbYc0LdHs9JgUeA5iWo2ZnB7rMtVyXq4K0123456789",
    "FACTCHECK_ALLOWED_HOSTS": "register.example.org",
    "FACTCHECK_BASE_URL": "https://register.example.org",
    "FACTCHECK_LOG_ORIGIN": "register.example.org/log",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
}


def outside() -> dict[str, str]:
    """The caller's environment without anything that configures the register."""
    own = ("FACTCHECK_", "DATABASE_URL", "CACHE_URL", "DJANGO_", "TEST_DATABASE_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**outside(), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def read_setting(expression: str, tmp_path: Path, **variables: str) -> str:
    variables = {"FACTCHECK_ENV_FILE": "", "FACTCHECK_VAR_DIR": str(tmp_path), **variables}
    code = f"from factcheck import settings as s; print(({expression}))"
    done = python("-c", code, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def start_server(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    variables = {**PRODUCTION, "FACTCHECK_VAR_DIR": str(tmp_path), **variables}
    return python("-W", "ignore", "-c", "import factcheck.wsgi", **variables)


def documented_variables() -> set[str]:
    page = (ROOT / "docs/configuration.md").read_text()
    section = page.split("## Variables")[1].split("## Tests and tools")[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", section, re.M))


def test_every_variable_is_documented_and_every_documented_one_is_read():
    assert documented_variables() == settings.KNOWN_VARIABLES


def test_the_settings_read_no_variable_behind_the_page():
    modules = ("settings.py", "caches.py", "databases.py", "imprint.py", "log_options.py")
    source = "".join((ROOT / "factcheck" / name).read_text() for name in modules)
    assert set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source)) == settings.KNOWN_VARIABLES
    assert "os.environ" not in source


def test_a_complete_production_environment_starts(tmp_path):
    done = start_server(tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FACTCHECK_DEBUG", "true"),
        ("FACTCHECK_WEBHOOK_LOOPBACK", "true"),
        ("FACTCHECK_SECRET_KEY", ""),
        ("FACTCHECK_SECRET_KEY", "x" * 49),
        ("FACTCHECK_SECRET_KEY", project.DEVELOPMENT_KEY),
        ("FACTCHECK_SECRET_KEY", "change-me" * 9),
        ("FACTCHECK_ALLOWED_HOSTS", ""),
        ("FACTCHECK_ALLOWED_HOSTS", "*"),
        ("FACTCHECK_ALLOWED_HOSTS", "register.example.org,*"),
        ("FACTCHECK_ALLOWED_HOSTS", ","),
        ("FACTCHECK_LOG_ORIGIN", ""),
        ("FACTCHECK_BASE_URL", "http://register.example.org"),
    ],
)
def test_production_refuses_and_names_the_variable(tmp_path, variable, value):
    done = start_server(tmp_path, **{variable: value})
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1].startswith(
        f"{ImproperlyConfigured.__module__}.ImproperlyConfigured: "
        f"factcheck refuses to start in production: {variable} "
    )


def test_production_names_everything_that_is_missing_at_once(tmp_path):
    done = python("-c", "import factcheck.wsgi", FACTCHECK_VAR_DIR=str(tmp_path))
    last = done.stderr.splitlines()[-1]
    assert re.findall(r"(FACTCHECK_\w+) must", last) == [
        "FACTCHECK_SECRET_KEY",
        "FACTCHECK_ALLOWED_HOSTS",
        "FACTCHECK_LOG_ORIGIN",
        "FACTCHECK_BASE_URL",
    ]


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"FACTCHECK_MODE": "staging"}, "FACTCHECK_MODE"),
        ({"FACTCHECK_TRUSTED_PROXIES": "-1"}, "FACTCHECK_TRUSTED_PROXIES"),
        ({"FACTCHECK_HTTPS": "perhaps"}, "FACTCHECK_HTTPS"),
        ({"FACTCHECK_API_RATE": "lots"}, "FACTCHECK_API_RATE"),
        ({"FACTCHECK_REPORT_RATE": "lots"}, "FACTCHECK_REPORT_RATE"),
        ({"FACTCHECK_API_RATE": "100/week"}, "FACTCHECK_API_RATE"),
        ({"FACTCHECK_LOG_LEVEL": "LOUD"}, "FACTCHECK_LOG_LEVEL"),
        ({"DATABASE_URL": "sqlite:///x?init_command=PRAGMA%20synchronous%3D0"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///x?transaction_mode=DEFERRED"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://h/x?options=-csynchronous_commit%3Doff"}, "DATABASE_URL"),
        ({"FACTCHECK_HTTPS": "off", "FACTCHECK_BASE_URL": ""}, "FACTCHECK_BASE_URL"),
        ({"FACTCHECK_HTTPS": "off", "FACTCHECK_BASE_URL": "register.org"}, "FACTCHECK_BASE_URL"),
        ({"FACTCHECK_ENV_FILE": "/nowhere/factcheck.env"}, "FACTCHECK_ENV_FILE"),
        ({"FACTCHECK_SECRET_KEY_FILE": "/nowhere/key"}, "FACTCHECK_SECRET_KEY_FILE"),
        ({"DATABASE_URL": "mysql://root@127.0.0.1/factcheck"}, "DATABASE_URL"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(tmp_path, variables, named):
    done = start_server(tmp_path, **variables)
    assert done.returncode != 0
    assert named in done.stderr.splitlines()[-1]


def test_production_has_no_warning_left_at_deployment(tmp_path):
    done = python(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        **PRODUCTION,
        FACTCHECK_VAR_DIR=str(tmp_path),
    )
    assert done.returncode == 0, done.stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    key = tmp_path / "key"
    key.write_text(PRODUCTION["FACTCHECK_SECRET_KEY"] + "\n")
    variables = PRODUCTION | {"FACTCHECK_SECRET_KEY_FILE": str(key)}
    del variables["FACTCHECK_SECRET_KEY"]
    said = read_setting("s.SECRET_KEY", tmp_path, **variables)
    assert said == PRODUCTION["FACTCHECK_SECRET_KEY"]


def test_an_environment_file_is_read_where_named_and_yields_to_the_environment(tmp_path):
    file = tmp_path / "factcheck.env"
    file.write_text("FACTCHECK_REGISTER_NAME=From the file\nFACTCHECK_LOG_LEVEL=ERROR\n")
    variables = PRODUCTION | {"FACTCHECK_ENV_FILE": str(file), "FACTCHECK_LOG_LEVEL": "DEBUG"}
    said = read_setting("s.FACTCHECK_REGISTER_NAME, s.LOG_LEVEL", tmp_path, **variables)
    assert said == "('From the file', 'DEBUG')"


def test_production_secures_cookies_and_transport(tmp_path):
    expression = (
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS"
    )
    assert read_setting(expression, tmp_path, **PRODUCTION) == "(True, True, True, 31536000, False)"


def test_forwarded_headers_are_believed_only_behind_a_named_proxy(tmp_path):
    expression = "getattr(s, 'SECURE_PROXY_SSL_HEADER', None), s.REST_FRAMEWORK['NUM_PROXIES']"
    assert read_setting(expression, tmp_path, **PRODUCTION) == "(None, 0)"
    behind = PRODUCTION | {"FACTCHECK_TRUSTED_PROXIES": "1"}
    said = read_setting(expression, tmp_path, **behind)
    assert said == "(('HTTP_X_FORWARDED_PROTO', 'https'), 1)"


def test_only_the_servers_bound_the_time_of_a_statement(tmp_path):
    on_postgres = {
        "DATABASE_URL": "postgres://u@127.0.0.1/factcheck",
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_MODE": "demo",
        "FACTCHECK_VAR_DIR": str(tmp_path),
    }
    options = "from factcheck import settings as s; print(s.DATABASES['default']['OPTIONS'])"
    told = python("-c", options, **on_postgres).stdout.strip()
    assert told == "{'options': '-c jit=off', 'prepare_threshold': 5}"
    # No server answers at that address, and the entry point asks one about the guards: it fails, configured.
    started = f"try: import factcheck.wsgi\nexcept Exception as error: print(type(error).__name__)\n{options}"
    served = python("-W", "ignore", "-c", started, **on_postgres)
    assert served.stdout.split("\n")[:2] == [
        "OperationalError",
        "{'options': '-c jit=off -c statement_timeout=5000', 'prepare_threshold': 5}",
    ]


def test_a_misspelt_variable_is_named(monkeypatch):
    monkeypatch.setenv("FACTCHECK_BASE_ULR", "https://register.example.org")
    monkeypatch.setenv("FACTCHECK_SECRET_KEY_FILE", "/run/secrets/key")
    (warning,) = checks.unknown_variables()
    assert "FACTCHECK_BASE_ULR" in warning.msg


def test_a_cache_of_one_process_is_pointed_out_at_deployment():
    (warning,) = checks.cache_of_one_process()
    assert "CACHE_URL" in warning.msg
    redis = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    with override_settings(CACHES=redis):
        assert checks.cache_of_one_process() == []


def test_what_readers_are_not_told_is_pointed_out_at_deployment():
    (warning,) = checks.silent_imprint()
    for name in checks.TOLD:
        assert name in warning.msg
    with override_settings(**dict.fromkeys(checks.TOLD, "said")):
        assert checks.silent_imprint() == []


@pytest.mark.django_db
def test_sqlite_waits_for_its_turn_and_keeps_what_it_acknowledged():
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        found = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            found[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20000,
    }
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
