"""Checks, without a network, that requirements/ is in step with pyproject.toml and its page.

Every declared package must be pinned at a version it allows, every pin carry its hashes, the
development pins contain the others unchanged, no address of a package index appear, and
docs/dependencies.md say what each declared package is for.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
Pins = dict[str, list[Requirement]]


def read_pins(path: Path) -> Pins:
    """The pinned requirements of a compiled file by name; a name may be pinned once per marker."""
    lines = (line.split("\\")[0].strip() for line in path.read_text().splitlines())
    pins: Pins = {}
    for line in lines:
        if line and not line.startswith(("#", "--hash")):
            pin = Requirement(line)
            pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def without_hash(path: Path) -> Iterator[str]:
    blocks = re.split(r"^(?=[A-Za-z0-9])", path.read_text(), flags=re.MULTILINE)[1:]
    return (block.split()[0] for block in blocks if "--hash=sha256:" not in block)


def problems_of_file(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOT)
    for pin in without_hash(path):
        yield f"{name}: {pin} has no hash."
    for line in path.read_text().splitlines():
        if "://" in line or line.startswith(("--index", "--extra-index", "--find-links")):
            yield f"{name}: names a place to download from: {line.strip()}"


def problems_of_declared(declared: list[str], pins: Pins, where: str) -> Iterator[str]:
    for requirement in map(Requirement, declared):
        found = pins.get(canonicalize_name(requirement.name), [])
        if not found:
            yield f"{where}: {requirement.name} is declared in pyproject.toml but not pinned."
        for pin in found:
            version = next(iter(pin.specifier)).version
            if version not in requirement.specifier:
                yield f"{where}: {pin} is not what pyproject.toml allows, {requirement}."


def problems_of_page(declared: list[str], page: str) -> Iterator[str]:
    described = {canonicalize_name(name) for name in re.findall(r"^\| `([^`]+)`", page, re.M)}
    names = {canonicalize_name(Requirement(line).name) for line in declared}
    for name in sorted(names - described):
        yield f"docs/dependencies.md: says nothing about {name}."
    for name in sorted(described - names):
        yield f"docs/dependencies.md: describes {name}, which pyproject.toml does not declare."


def problems() -> Iterator[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime: list[str] = project["project"]["dependencies"]
    development: list[str] = project["dependency-groups"]["dev"]
    files = ROOT / "requirements/base.txt", ROOT / "requirements/dev.txt"
    base, dev = map(read_pins, files)
    for path in files:
        yield from problems_of_file(path)
    yield from problems_of_declared(runtime, base, "requirements/base.txt")
    yield from problems_of_declared(runtime + development, dev, "requirements/dev.txt")
    for name in sorted(base):
        if {str(pin) for pin in base[name]} != {str(pin) for pin in dev.get(name, [])}:
            yield f"requirements/dev.txt: does not pin {name} as requirements/base.txt does."
    yield from problems_of_page(runtime + development, (ROOT / "docs/dependencies.md").read_text())


if __name__ == "__main__":
    found = list(problems())
    for problem in found:
        print(problem)
    if found:
        sys.exit("Run `make requirements`, or put right what is named above.")
    print("Requirements are in step with pyproject.toml.")
