"""Every setting of the project: one module, shaped by environment variables.

docs/configuration.md describes each variable. FACTCHECK_MODE picks one of three modes:
development (manage.py's default), demo (`make demo`) and production (the servers' default).
"""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv, validate

from factcheck.api_description import description, rest_framework
from factcheck.caches import caches
from factcheck.databases import databases, replica_lag
from factcheck.imprint import imprint
from factcheck.log_options import export_options, log_options, memory_options
from factcheck.logs import logging_of

django_stubs_ext.monkeypatch()  # ModelAdmin[Claim] and the like, before any of them is imported

BASE_DIR = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY = "development-only-secret-key-that-production-refuses-to-start-with"
HOUR, DAY = 60 * 60, 24 * 60 * 60

# --- The environment ----------------------------------------------------------------------------

env = FileAwareEnv(strip_whitespace=True)
FACTCHECK_MODE = env.str(
    "FACTCHECK_MODE",
    "production",
    validate=validate.OneOf(["development", "demo", "production"]),
)
PRODUCTION = FACTCHECK_MODE == "production"
DEVELOPMENT = FACTCHECK_MODE == "development"

ENV_FILE = env.str("FACTCHECK_ENV_FILE", None)
if ENV_FILE:
    if not Path(ENV_FILE).is_file():
        raise ImproperlyConfigured(f"FACTCHECK_ENV_FILE names {ENV_FILE}, which is not a file.")
    env.read_env(ENV_FILE, recurse=False)
elif ENV_FILE is None and not PRODUCTION:
    # `make demo` leaves its address and key in var/demo.env, so that commands run beside it agree.
    for name in (".env", "var/demo.env"):
        env.read_env(BASE_DIR / name, recurse=False)

DEBUG = env.bool("FACTCHECK_DEBUG", DEVELOPMENT)
SECRET_KEY = env.str("FACTCHECK_SECRET_KEY", "" if PRODUCTION else DEVELOPMENT_KEY)
ALLOWED_HOSTS = env.list(
    "FACTCHECK_ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
FACTCHECK_BASE_URL = env.str(
    "FACTCHECK_BASE_URL", "" if PRODUCTION else "http://127.0.0.1:8000"
).rstrip("/")
FACTCHECK_LOG_ORIGIN = env.str(
    "FACTCHECK_LOG_ORIGIN", "" if PRODUCTION else "factcheck.localhost/register"
)
FACTCHECK_REGISTER_NAME = env.str("FACTCHECK_REGISTER_NAME", "factcheck")
FACTCHECK_LICENCE_NAME = env.str("FACTCHECK_LICENCE_NAME", "CC BY 4.0")
FACTCHECK_LICENCE_URL = env.str(
    "FACTCHECK_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/"
)
HTTPS = env.bool("FACTCHECK_HTTPS", PRODUCTION)
TRUSTED_PROXIES = env.int("FACTCHECK_TRUSTED_PROXIES", 0, validate=validate.Range(min=0))
HSTS_WHOLE_DOMAIN = env.bool("FACTCHECK_HSTS_WHOLE_DOMAIN", False)
STATEMENT_TIMEOUT_MS = env.int("FACTCHECK_STATEMENT_TIMEOUT_MS", 0, validate=validate.Range(min=0))
RATE = validate.Regexp("[0-9]+/(sec|min|hour|day)$", error="must be such as 100/min")
LANGUAGE = validate.Regexp("[a-z]{2,3}(-[a-z]{2,8})?$", error="must be such as de or pt-br")
LEVEL = validate.Regexp("(?i)(debug|info|warning|error|critical)$", error="must be such as INFO")
API_RATE = env.str("FACTCHECK_API_RATE", "1200/min", validate=RATE)
MINUTELY = validate.Range(min=1, max=100_000)
FACTCHECK_API_KEY_RATE = env.int("FACTCHECK_API_KEY_RATE", 3000, validate=MINUTELY)
FACTCHECK_API_RATELIMIT_HEADERS = env.bool("FACTCHECK_API_RATELIMIT_HEADERS", True)
FACTCHECK_REPORT_RATE = env.str("FACTCHECK_REPORT_RATE", "10/hour", validate=RATE)
FACTCHECK_CHECK_RATE = env.str("FACTCHECK_CHECK_RATE", "20/min", validate=RATE)
LINK_RATE = env.str("FACTCHECK_LINK_RATE", "5/min", validate=RATE)
RATES = {"readers": API_RATE, "matches": FACTCHECK_CHECK_RATE, "links": LINK_RATE}
LANGUAGE_CODE = env.str("FACTCHECK_LANGUAGE", "en-gb", validate=LANGUAGE)
LOG_LEVEL = env.str("FACTCHECK_LOG_LEVEL", "INFO", validate=LEVEL).upper()
VAR_DIR = env.path("FACTCHECK_VAR_DIR", BASE_DIR / "var")
DATABASES = databases(env, VAR_DIR, STATEMENT_TIMEOUT_MS)
FACTCHECK_REPLICA_LAG = replica_lag(env)
CACHES = caches(env)
FACTCHECK_TASKS = env.str(
    "FACTCHECK_TASKS",
    "database",
    validate=validate.OneOf(["database", "immediate", "redis", "celery"]),
)
TASKS_URL = env.str("FACTCHECK_TASKS_URL", "redis://127.0.0.1:6379/1")
MEGABYTES = validate.Range(min=1, max=1024)
FACTCHECK_UPLOAD_MAX_MB = env.int("FACTCHECK_UPLOAD_MAX_MB", 20, validate=MEGABYTES)
DIGEST_HOUR = validate.Range(min=0, max=23, error="must be an hour from 0 to 23")
FACTCHECK_DIGEST_HOUR = env.int("FACTCHECK_DIGEST_HOUR", 6, validate=DIGEST_HOUR)
MAIL_FROM = env.str("FACTCHECK_MAIL_FROM", "factcheck@localhost")
email = env.dj_email_url("EMAIL_URL", "consolemail://")

# --- What machines read of the public pages
SECONDS, DAYS = validate.Range(min=0), validate.Range(min=1, max=3650)
FACTCHECK_FRESH_SECONDS = env.int("FACTCHECK_FRESH_SECONDS", 60, validate=SECONDS)
FACTCHECK_STALE_SECONDS = env.int("FACTCHECK_STALE_SECONDS", 300, validate=SECONDS)
FACTCHECK_CDN_SECONDS = env.int("FACTCHECK_CDN_SECONDS", 0, validate=SECONDS)
ANNOUNCED = validate.Regexp("$|https?://", error="must begin with https:// or http://")
FACTCHECK_PURGE_URL = env.str("FACTCHECK_PURGE_URL", "", validate=ANNOUNCED)
FACTCHECK_PURGE_TOKEN = env.str("FACTCHECK_PURGE_TOKEN", "")
FACTCHECK_WEBSUB_HUB = env.str("FACTCHECK_WEBSUB_HUB", "", validate=ANNOUNCED)
FACTCHECK_WEBHOOK_DAYS = env.int("FACTCHECK_WEBHOOK_DAYS", 30, validate=DAYS)
FACTCHECK_WEBHOOK_LOOPBACK = env.bool("FACTCHECK_WEBHOOK_LOOPBACK", False)
FACTCHECK_POLICIES: dict[str, str] = env.dict("FACTCHECK_POLICIES", {})
vars().update(imprint(env) | email)
FACTCHECK_SEALING, FACTCHECK_API_WAITERS = log_options(env)
FACTCHECK_AHEAD_MB = memory_options(env, FACTCHECK_MODE)
FACTCHECK_VERSION, FACTCHECK_EXPORTS_DIR, FACTCHECK_EXPORTS_KEPT = export_options(env, VAR_DIR)

KNOWN_VARIABLES = frozenset(env.dump())


def refusals() -> list[str]:
    """What stands between this environment and a production register, each naming its variable."""
    guessed = SECRET_KEY == DEVELOPMENT_KEY or len(set(SECRET_KEY)) < 10
    schemes = ("https://",) if HTTPS else ("https://", "http://")
    conditions = {
        "FACTCHECK_DEBUG must be off": DEBUG,
        "FACTCHECK_WEBHOOK_LOOPBACK must be off": FACTCHECK_WEBHOOK_LOOPBACK,
        "FACTCHECK_SECRET_KEY must be set, secret and at least 50 characters long": (
            guessed or len(SECRET_KEY) < 50
        ),
        "FACTCHECK_ALLOWED_HOSTS must name the hosts served, without '*'": (
            not all(ALLOWED_HOSTS) or not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS
        ),
        "FACTCHECK_LOG_ORIGIN must be set, to a name that will never change": (
            not FACTCHECK_LOG_ORIGIN
        ),
        f"FACTCHECK_BASE_URL must be set to the public {' or '.join(schemes)} address": (
            not FACTCHECK_BASE_URL.startswith(schemes)
        ),
    }
    return [reason for reason, refused in conditions.items() if refused]


if PRODUCTION and (reasons := refusals()):
    raise ImproperlyConfigured(f"factcheck refuses to start in production: {'; '.join(reasons)}.")

# --- Django -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "factcheck",
    "claims",
    "claims.admin.config.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "factcheck.replica.from_the_replica",
    "factcheck.negotiation.by_what_is_accepted",
    "factcheck.languages.each_in_its_language",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.content_policy.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
ASGI_APPLICATION = "factcheck.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"

# --- Background work ----------------------------------------------------------------------------

# The last two are documented in docs/background.md and installed by whoever chooses them.
QUEUES: dict[str, tuple[str, list[str]]] = {
    "database": ("django_tasks_db.DatabaseBackend", []),
    "immediate": ("django_tasks.backends.immediate.ImmediateBackend", []),
    "redis": ("django_tasks_rq.RQBackend", ["django_rq", "django_tasks_rq"]),
    "celery": ("django_tasks_fennel.CeleryBackend", ["django_tasks_fennel"]),
}
INSTALLED_APPS += QUEUES[FACTCHECK_TASKS][1]
TASKS = {"default": {"BACKEND": QUEUES[FACTCHECK_TASKS][0], "QUEUES": ["default"]}}
RQ_QUEUES = {"default": {"URL": TASKS_URL, "DEFAULT_TIMEOUT": HOUR}}
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = TASKS_URL
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_RESULT_EXTENDED = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True

# --- Mail ---------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
EMAIL_TIMEOUT = 20

# --- People and sessions ------------------------------------------------------------------------

AUTH_USER_MODEL = "claims.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
SESSION_COOKIE_AGE = 12 * HOUR
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True

# --- Security -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * DAY if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and HSTS_WHOLE_DOMAIN
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Both ask for a promise about the whole domain: FACTCHECK_HSTS_WHOLE_DOMAIN makes it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "claims.admin.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
DEFAULT_EXCEPTION_REPORTER = "factcheck.reporting.Reporter"
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Static files -------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEVELOPMENT
    else "factcheck.static_files.SmallStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
    "snapshots": {
        "BACKEND": "claims.snapshots.storage.CrashSafeStorage",
        "OPTIONS": {"location": VAR_DIR / "snapshots"},
    },
}

# --- API ----------------------------------------------------------------------------------------

REST_FRAMEWORK = rest_framework(RATES, TRUSTED_PROXIES)
SPECTACULAR_SETTINGS = description(FACTCHECK_REGISTER_NAME)
LOGGING = logging_of(LOG_LEVEL)
