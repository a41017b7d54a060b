"""A rebuilding killed in the middle, with the processes that prove ahead of it: the same command goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from claims.exports.writing import Export
from tests.scratch import ROOT, Register, until

# Claim by claim, and each slowly enough to be looked at.
SLOWLY = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from claims.workflow import restoring, restoring_ahead
restoring_ahead.AT_ONCE = restoring.BATCHES = 1
write = restoring._write
def slowly(ready):
    write(ready)
    time.sleep(1)
restoring._write = slowly
call_command("import_claims", sys.argv[1], format="factcheck", processes=3)
"""
IN = "SELECT count(*) FROM claims_claim WHERE head_number > 0"


def helpers_of(process: subprocess.Popen[bytes]) -> list[Path]:
    """Return where the system tells of the processes that this one started."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [Path(f"/proc/{pid}/stat") for pid in told.split()]


def is_running(stat: Path) -> bool:
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_rebuilding_leaves_no_process_and_nothing_half_written_and_goes_on(
    first: Export, scratch_register: Register
) -> None:
    register = scratch_register
    register.run("migrate", "--verbosity", "0")
    process = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, str(first.folder)],
        cwd=ROOT,
        env={**register.environment, "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
        stdout=subprocess.DEVNULL,
    )
    until(lambda: register.ask(IN) or process.poll() is not None)
    helpers = helpers_of(process)
    assert len(helpers) == 2
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    until(lambda: not any(map(is_running, helpers)))
    assert 0 < register.ask(IN) < first.manifest.claims
    checked = register.start("check_history")
    assert "is not whole yet: rebuilding it" in checked.communicate()[1]
    assert checked.returncode == 1
    told = register.run("import_claims", "--format", "factcheck", str(first.folder))
    assert first.digest in told
    whole = f"{first.manifest.entries} history entries: all sound"
    assert whole in register.run("check_history")
