"""Asking a server as fast as it answers: wrk with a list of addresses, in turn; rates, times and errors."""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Each thread walks the same list, each request the next of it; what is no 2xx is counted.
SCRIPT = """
local paths = {{}}
for line in io.lines("{addresses}") do paths[#paths + 1] = line end
local at = math.random(#paths)
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """What one way of answering reached: requests a second, what 99 of 100 took at most (ms), how many failed."""

    rate: float
    p99: float
    failed: int = 0


def ask(
    base: str, paths: Sequence[str], *, connections: int, seconds: float, header: str = ""
) -> Reached:
    """Ask for `paths` over and over; answers that were errors, or never came, are counted."""
    with tempfile.TemporaryDirectory() as folder:
        addresses, script = Path(folder, "addresses"), Path(folder, "ask.lua")
        addresses.write_text("\n".join(paths))
        script.write_text(SCRIPT.format(addresses=addresses))
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--latency",
            "-s",
            str(script),
        ]
        command += ["-H", header] if header else []
        said = subprocess.run([*command, base], check=True, capture_output=True, text=True).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said
    )
    failed = sum(
        map(int, [*(refused.groups() if refused else ()), *(broken.groups() if broken else ())])
    )
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    if rate is None or slow is None:
        raise ValueError(f"wrk said: {said}")
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}[slow[2]]
    return Reached(float(rate[1]), float(slow[1]) * unit, failed)


def middle(rounds: Sequence[Reached]) -> Reached:
    """Return the medians of several rounds."""
    return Reached(
        statistics.median(one.rate for one in rounds),
        statistics.median(one.p99 for one in rounds),
        sum(one.failed for one in rounds),
    )
