"""The language server in a real editor: Neovim with its built-in client and the configuration of `editors/neovim`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor import HUB, SERVER, module

HERE = Path(__file__).parent
PLUGIN = HERE.parent / "editors" / "neovim"

# What only one server should offer, for editors show the answers of both, or of one that nobody chose.
OF_ONE_SERVER = {
    "completionProvider",
    "definitionProvider",
    "documentFormattingProvider",
    "referencesProvider",
    "renameProvider",
    "semanticTokensProvider",
}


def _editors() -> list[tuple[str, str]]:
    """Each Neovim on the PATH, and in the environment of this Python: its version, and the path to it."""
    folders = [str(Path(sys.executable).parent), *os.get_exec_path()]
    paths = dict.fromkeys(path for folder in folders if (path := shutil.which("nvim", path=folder)) is not None)
    found: dict[str, str] = {}
    for path in paths:
        version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        found.setdefault(version.partition("\n")[0].rpartition(" ")[2], path)
    return list(found.items())


EDITORS = _editors()
# What is in `lsp/` of the runtime path is known since this version.
BUILTIN = (0, 11)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _cases() -> Iterator[Any]:
    """Each Neovim with the configuration for old ones, and with that for new ones if it is one."""
    for version, path in EDITORS:
        yield pytest.param(path, False, id=f"{version}-plain")
        if _number(version) >= BUILTIN:
            yield pytest.param(path, True, id=f"{version}-builtin")
    if not EDITORS:
        yield pytest.param("", False, marks=pytest.mark.skip("needs Neovim (nvim on the PATH)"))


in_each_neovim = pytest.mark.parametrize(("nvim", "builtin"), list(_cases()))


def neovim(nvim: str, folder: Path, **case: Any) -> tuple[dict[str, Any], str]:
    """Run the script; what it saw, by name, and what Neovim printed."""
    case = {"log": str(folder / "log"), "plugin": str(PLUGIN), "server": SERVER, "patience": 60_000, **case}
    (folder / "case.json").write_text(json.dumps(case))
    environment = {**os.environ, "GOLINT_MAPS_CASE": str(folder / "case.json"), "XDG_STATE_HOME": str(folder)}
    environment["XDG_CACHE_HOME"] = str(folder)
    done = subprocess.run(
        [nvim, "--headless", "--clean", "-i", "NONE", "-c", f"luafile {HERE / 'neovim.lua'}"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        stdin=subprocess.DEVNULL,
    )
    lines = [json.loads(line) for line in (folder / "log").read_text().splitlines()]
    return {line["what"]: line["data"] for line in lines}, f"{done.returncode} {done.stdout} {done.stderr} {lines}"


@in_each_neovim
def test_a_finding_is_shown_and_a_code_action_mends_it(tmp_path: Path, nvim: str, builtin: bool) -> None:
    root = module(tmp_path / "hub", {"hub.go": HUB})
    seen, output = neovim(
        nvim, tmp_path, builtin=builtin, root=str(root), file=str(root / "hub.go"), action="Guard this map"
    )
    assert "done" in seen, output
    (found,) = seen["diagnostics"]
    assert found["line"] == HUB[: HUB.rindex("delete(h.peers")].count("\n") + 1
    assert "Hub.peers is guarded by `h.mu`" in found["message"]
    assert any("Ignore GM104 on this line" in title for title in seen["actions"])
    mended = HUB.replace(
        "Drop(id string) {\n\tdelete(h.peers, id)\n",
        "Drop(id string) {\n\th.mu.Lock()\n\tdelete(h.peers, id)\n\th.mu.Unlock()\n",
    )
    assert mended != HUB
    assert "\n".join(seen["buffer"]) + "\n" == mended


@in_each_neovim
def test_a_comment_silences_it(tmp_path: Path, nvim: str, builtin: bool) -> None:
    root = module(tmp_path / "hub", {"hub.go": HUB})
    seen, output = neovim(
        nvim, tmp_path, builtin=builtin, root=str(root), file=str(root / "hub.go"), action="Ignore GM104 on this line"
    )
    assert "done" in seen, output
    assert any("//golint-maps:ignore GM104" in line for line in seen["buffer"])


@in_each_neovim
@pytest.mark.skipif(not (shutil.which("gopls") and shutil.which("go")), reason="needs gopls and go on the PATH")
def test_it_runs_beside_gopls(tmp_path: Path, nvim: str, builtin: bool) -> None:
    text = HUB + "\nfunc size() { bytes := 1 }\n"
    root = module(tmp_path / "hub", {"hub.go": text})
    path = str(root / "hub.go")
    seen, output = neovim(
        nvim, tmp_path, builtin=builtin, root=str(root), file=path, action="Guard this map", gopls=["gopls"]
    )
    assert "done" in seen, output
    assert seen["servers"].keys() == {"golint_maps", "gopls"}
    assert not OF_ONE_SERVER.intersection(seen["servers"]["golint_maps"])
    by_source = {one["source"]: one["message"] for one in seen["all diagnostics"]}
    assert "Hub.peers is guarded" in by_source["golint-maps"] and "bytes" in by_source["compiler"]
    assert "func delete" in seen["hover of gopls"]["text"]
    assert {title.partition(":")[0] for title in seen["actions"]} == {"golint_maps", "gopls"}
    assert seen["errors"] == []
