"""How a failure is reported to developers. Loaded with the settings, before any app is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import QueryDict
from django.views.debug import ExceptionReporter

UNREADABLE = (SuspiciousOperation, BadRequest)


class Reporter(ExceptionReporter):
    """What developers are shown of a failure, also where the request itself is what cannot be read.

    Django's own reads the parameters once more, and fails over those that it was to report.
    """

    def get_traceback_data(self) -> dict[str, Any]:
        """Return what is shown."""
        if self.request is not None:
            _leave_out_what_cannot_be_read(self.request)
        return super().get_traceback_data()


def _leave_out_what_cannot_be_read(request: Any) -> None:
    try:
        request.GET  # noqa: B018  (read for its refusal)
    except UNREADABLE:
        request.GET = QueryDict()
    try:
        request.POST  # noqa: B018
    except UNREADABLE:
        request._mark_post_parse_error()
