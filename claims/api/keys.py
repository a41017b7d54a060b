"""Who asks: nobody in particular, or a person by a key of theirs (RFC 6750). There are no cookies and no sessions."""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from claims.api.problems import Refusal
from claims.desk_vocabulary import Scope
from claims.models import ApiKey, ApiKeyScope, User
from claims.models.key_text import KeyText, read_key_text
from claims.workflow.api_keys import note_use

REALM = 'Bearer realm="factcheck"'
logger = logging.getLogger(__name__)


class KeyNeeded(Refusal):
    """This takes a key, and none was sent."""

    slug = "key-needed"
    default_detail = "This takes a key: send it as Authorization: Bearer and the key."
    challenge = REALM


class KeyNotValid(Refusal):
    """What was sent opens nothing; to whoever has the right secret, it is said why."""

    slug = "key-not-valid"
    default_detail = "Authorization holds no key of this register."

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail)
        self.challenge = f'{REALM}, error="invalid_token", error_description="{self.detail}"'


class ScopeMissing(Refusal):
    """The key is not good for this."""

    slug = "scope-missing"

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"This key has not the scope {scope.value}.")
        self.challenge = f'{REALM}, error="insufficient_scope", scope="{scope.value}"'


class KeyAuthentication(BaseAuthentication):
    """Reads `Authorization: Bearer fc_…`. Whatever else stands there is refused, never taken for nobody."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """Return whom the request acts for and the key; None without the header. Raises KeyNotValid."""
        sent = request.headers.get("Authorization")
        if sent is None:
            return None
        scheme, _, text = sent.partition(" ")
        read = read_key_text(text.strip()) if scheme.lower() == "bearer" else None
        key = opened_by(read) if read else None
        if key is None:
            raise KeyNotValid
        _refuse_what_is_over(key)
        return key.owner, key

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401."""
        return REALM


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema says it."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Return the security scheme."""
        told = "A key that a person of the desk issued there: `fc_`, a prefix, a secret. Reads need none."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "fc_…", "description": told}


def opened_by(text: KeyText) -> ApiKey | None:
    """Return the key that `text` is, with its scopes and its owner; one query."""
    rows = list(ApiKeyScope.objects.of_key(text.prefix))
    if not rows or not rows[0].key.is_opened_by(text):
        return None
    key = rows[0].key
    key.good_for = frozenset(row.scope for row in rows)
    return key


def must_have(key: object, scope: Scope) -> ApiKey:
    """Return the key of a request. Raises KeyNeeded where there is none, ScopeMissing where it is not good for this."""
    if not isinstance(key, ApiKey):
        raise KeyNeeded
    if scope not in key.good_for:
        raise ScopeMissing(scope)
    return key


def _refuse_what_is_over(key: ApiKey) -> None:
    now = timezone.now()
    if key.revoked_at is not None:
        raise KeyNotValid("This key was revoked.")
    if key.expires_at <= now:
        raise KeyNotValid("This key has expired.")
    if not key.owner.is_active:
        raise KeyNotValid("The account that this key acts for is closed.")
    try:
        note_use(key, now=now)
    except OperationalError as error:  # what is only noted must not keep anybody from reading
        logger.warning("The use of key %s is not noted: %s", key.prefix, error)
