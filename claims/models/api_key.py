"""Keys with which programs use the API in a person's name. Of the secret only its digest is kept."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from secrets import compare_digest
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.desk_vocabulary import Scope
from claims.models.fields import known_value
from claims.models.key_text import PREFIX_LENGTH, KeyText
from claims.models.private_links import token_digest
from claims.models.user import User


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Reads of keys."""

    def in_force_at(self, moment: datetime) -> Self:
        """Keys that open something: neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=moment)

    def over_at(self, moment: datetime) -> Self:
        """Keys that open nothing any more."""
        over = models.Q(revoked_at__isnull=False) | models.Q(expires_at__lte=moment)
        return self.filter(over)

    def of(self, person: User) -> Self:
        """Keys that act for `person`."""
        return self.filter(owner=person)

    def with_people(self) -> Self:
        """Fetch along whom each acts for, who issued it, and what it is good for."""
        return self.select_related("owner", "issued_by").prefetch_related("scopes")

    def newest_first(self) -> Self:
        """The one issued last first."""
        return self.order_by("-issued_at", "-pk")


class ApiKey(models.Model):
    """A key of the API: whom it acts for, what it is good for, how often it may ask and until when."""

    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="api_keys", verbose_name=_("acts for")
    )
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=PREFIX_LENGTH, unique=True)
    secret_digest = models.CharField(max_length=64, help_text="SHA-256 of 160 random bits")
    rate = models.PositiveIntegerField(help_text="Requests a minute")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"), db_default=Now())
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    last_used_at = models.DateTimeField(
        _("last used"), null=True, blank=True, help_text="Within a minute"
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of the API")
        verbose_name_plural = _("keys of the API")
        default_permissions = ("view",)
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="api_key_named", condition=~models.Q(name="")),
            models.CheckConstraint(name="api_key_may_ask", condition=models.Q(rate__gt=0)),
            models.CheckConstraint(
                name="api_key_ends_later",
                condition=models.Q(expires_at__gt=models.F("issued_at")),
            ),
            models.CheckConstraint(
                name="api_key_revoked_by_somebody",
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}_…)"

    @property
    def beginning(self) -> str:
        """How the key begins: what may be shown of it, and it is found by."""
        return f"fc_{self.prefix}"

    def is_opened_by(self, text: KeyText) -> bool:
        """Whether `text` is this key; takes as long for a wrong secret as for the right one."""
        return compare_digest(token_digest(text.secret), self.secret_digest)

    def is_in_force_at(self, moment: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and self.expires_at > moment

    @cached_property
    def good_for(self) -> frozenset[str]:
        """The scopes it has."""
        return frozenset(row.scope for row in self.scopes.all())


class ApiKeyScopeQuerySet(models.QuerySet["ApiKeyScope"]):
    """Reads of scopes."""

    def of_key(self, prefix: str) -> Self:
        """What the key of that prefix is good for, each row with the key and whom it acts for."""
        return self.filter(key__prefix=prefix).select_related("key__owner")


class ApiKeyScope(models.Model):
    """One thing that a key is good for."""

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="scopes", db_index=False)
    scope = models.CharField(max_length=14, choices=Scope.choices)

    objects = ApiKeyScopeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "scope"], name="api_key_scope_once"),
            known_value("api_key_scope_known", "scope", Scope),
        ]

    def __str__(self) -> str:
        return self.get_scope_display()
