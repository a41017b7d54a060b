"""An import killed in the middle: what is there is whole, and the next run brings the rest."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

from tests.interop.rows import row
from tests.scratch import Register

ROWS = 1_000
RECORDS = "SELECT count(*) FROM claims_importrecord"


def test_a_killed_import_leaves_nothing_half_written_and_goes_on(
    scratch_register: Register, tmp_path: Path
) -> None:
    register = scratch_register
    dataset = tmp_path / "train.json"
    dataset.write_text(json.dumps([row(f"Bridge {number} was closed.") for number in range(ROWS)]))
    command = ("import_claims", "--format", "averitec", str(dataset))
    process = register.start(*command)
    while process.poll() is None and register.ask(RECORDS) < 100:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    survived = register.ask(RECORDS)
    assert 0 < survived < ROWS
    assert f"{survived} claims, {3 * survived} history entries: all sound" in register.run(
        "check_history"
    )
    added = f"{ROWS - survived} claims added"
    told = f"{added} with {2 * (ROWS - survived)} pieces of evidence, 0 rows merged, {survived} known already"
    assert told in register.run(*command)
    whole = f"{ROWS} claims, {3 * ROWS} history entries: all sound"
    assert whole in register.run("check_history")
    assert register.run(*command).startswith("0 claims added")
