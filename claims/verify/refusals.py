"""How the verifier says no, and how it compares what is shown with what must be."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The bundle does not prove what it claims; the message says where and why."""


def demand(held: object, reason: str) -> None:
    """Raise Refused with `reason` unless `held`."""
    if not held:
        raise Refused(reason)


def compare(wanted: Any, shown: Any, path: str) -> None:
    """Raise Refused where `shown` is not what `wanted` demands: no less, no more, and true is not 1.

    Where a function is wanted, it must hold of what is shown.
    """
    if callable(wanted):
        demand(wanted(shown), f"{path} shows {shown!r}: the history does not say so")
    elif isinstance(wanted, dict) and isinstance(shown, dict):
        for key in sorted(wanted.keys() | shown.keys()):
            demand(key in shown, f"{path}.{key} is missing")
            demand(key in wanted, f"{path}.{key} is not known")
            compare(wanted[key], shown[key], f"{path}.{key}")
    elif isinstance(wanted, list) and isinstance(shown, list) and len(wanted) == len(shown):
        for index, (one, other) in enumerate(zip(wanted, shown, strict=True)):
            compare(one, other, f"{path}.{index}")
    else:
        same = type(wanted) is type(shown) and wanted == shown
        demand(same, f"{path} shows {shown!r}; the history says {wanted!r}")
