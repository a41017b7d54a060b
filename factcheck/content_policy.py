"""The policy of what a page may load, put together once: most views say nothing of their own to it."""

from __future__ import annotations

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentPolicy(CSPMiddleware):
    """Sends the policy of the settings, unless a view or a page asked for another."""

    @cached_property
    def policy(self) -> str:
        """The policy of the settings."""
        return build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the header."""
        own = any(name.startswith("_csp") for name in vars(response))
        if own or settings.DEBUG or getattr(request, "_csp_nonce", None):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response
