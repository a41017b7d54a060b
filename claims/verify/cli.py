"""The program: a bundle in, what it proves out, and an exit code that can be relied on."""

from __future__ import annotations

import sys
from pathlib import Path

from .bundle import verify
from .refusals import Refused

HOLDS, DOES_NOT_HOLD, CANNOT_BE_READ = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Verify the named bundle; return 0 when it holds, 1 when it does not, 2 when it cannot be read."""
    if len(arguments) != 1:
        print("usage: python -m claims.verify BUNDLE.json (or - to read it)", file=sys.stderr)
        return CANNOT_BE_READ
    name = arguments[0]
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        lines = verify(data.decode())
    except (OSError, UnicodeDecodeError) as error:
        print(f"cannot read {name}: {error}", file=sys.stderr)
        return CANNOT_BE_READ
    except Refused as error:
        print(f"REFUSED: {error}", file=sys.stderr)
        return DOES_NOT_HOLD
    print("\n".join([*lines, "VERIFIED"]))
    return HOLDS
