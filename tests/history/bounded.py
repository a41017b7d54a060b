"""How long random registers are looked at, and how a test shows that it would find a fault."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.history.register_machine import Register

BOUNDED = settings(
    max_examples=25,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def assert_it_fails(machine: type[Register]) -> None:
    """Run a machine on the same examples each time, and expect it to find the fault that was planted."""
    once = settings(
        BOUNDED, phases=[Phase.generate], derandomize=True, database=None, print_blob=False
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=once)
