"""What is installed with golint-maps: under licences that allow it, locked by hashes, down to the oldest that is allowed."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from golint_maps.project.config import toml

ROOT = Path(__file__).resolve().parent.parent
PROJECT = toml().loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIRED = [Requirement(one) for one in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lsp"])]

# Permissive ones, and the MPL, which asks for changes of its own files alone.
ALLOWED = re.compile(
    r"Apache(-| |$)|MIT( |$)|BSD|ISC|PSF|Python Software Foundation|MPL-2\.0|Mozilla Public License 2\.0|Unlicense"
)


def closure() -> dict[str, metadata.Distribution]:
    """All that is installed for the sake of golint-maps and its language server, by normalised name."""
    found: dict[str, metadata.Distribution] = {}
    pending = [(one.name, one.extras) for one in REQUIRED if one.marker is None or one.marker.evaluate()]
    while pending:
        name, extras = pending.pop()
        key = normal(name)
        if key in found:
            continue
        found[key] = metadata.distribution(name)
        for text in found[key].requires or ():
            needed = Requirement(text)
            wanted = [{"extra": extra} for extra in (*extras, "")]
            if needed.marker is None or any(needed.marker.evaluate(one) for one in wanted):
                pending.append((needed.name, needed.extras))
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licences(of: metadata.Distribution) -> list[str]:
    """What a distribution says about its licence, the clearest first."""
    about = of.metadata
    classified = [
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License :: OSI")
    ]
    return [text for text in (about.get("License-Expression"), *classified, about.get("License")) if text]


CLOSURE = closure()
LOCK = (ROOT / ".ci" / "lock.txt").read_text(encoding="utf-8")
OLDEST = dict(re.findall(r"^([\w-]+)==(\S+)$", (ROOT / ".ci" / "oldest.txt").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", CLOSURE)
def test_its_licence_is_allowed(name: str) -> None:
    said = licences(CLOSURE[name])
    assert said and ALLOWED.match(said[0]), said


def test_the_check_of_licences_says_no() -> None:
    refused = ["GPL-3.0-only", "AGPL-3.0", "Proprietary", "GNU General Public License v3 (GPLv3)", "SSPL-1.0", ""]
    assert [text for text in refused if ALLOWED.match(text)] == []


@pytest.mark.parametrize("name", CLOSURE)
def test_it_is_locked(name: str) -> None:
    assert re.search(rf"^{re.escape(name)}==", LOCK, re.MULTILINE)


def test_the_lock_has_a_hash_for_each_and_no_address() -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", LOCK) if re.match(r"[a-z]", entry)]
    assert len(entries) >= len(CLOSURE)
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK


@pytest.mark.parametrize("needed", REQUIRED, ids=lambda needed: needed.name)
def test_the_oldest_that_is_tried_is_the_oldest_that_is_allowed(needed: Requirement) -> None:
    least = next(one.version for one in needed.specifier if one.operator == ">=")
    tried = OLDEST[needed.name]
    assert SpecifierSet(f"=={least}").contains(tried), f"{needed.name}: {tried} is tried, {least} is allowed"
