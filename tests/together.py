"""Many programs in one binary: most of the time that they need is the linker's, who then comes once.

Each program becomes a package of its own, its `main` a function of that package, and one `main` runs the one that it is
asked for, so that each still runs in a process of its own. What would make a difference stays alone: tests, programs of
several packages, `init` functions, what looks at its arguments or at the linker, and programs that end in a deadlock, which
the runtime only sees where nothing else is alive. `main` without a name runs the initialisation of all and must end in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from examples import Example

ENTRY = "RunExample"
_MAIN = re.compile(r"^func main\(\)", re.MULTILINE)
_PACKAGE = re.compile(r"^package main$", re.MULTILINE)
_ALONE = re.compile(r"^func init\(|^//go:linkname|^import \"C\"|\bos\.Args\b|\bflag\.|^var .*= func\(", re.MULTILINE)
_DISPATCHER = """package main

import (
	"os"

{imports}
)

func main() {{
	if len(os.Args) < 2 {{
		return
	}}
	map[string]func(){{
{entries}
	}}[os.Args[1]]()
}}
"""


def may_share(example: Example, module: Path) -> bool:
    """Whether a program means the same when it is a package beside others."""
    if example.claim == "fails: deadlock" or "main." in example.detail:  # the message names a type of the package
        return False
    paths = list((module / example.folder).rglob("*.go"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return (
        not any(path.name.endswith("_test.go") or path.parent != module / example.folder for path in paths)
        and all(len(_PACKAGE.findall(text)) == 1 and not _ALONE.search(text) for text in texts)
        and sum(len(_MAIN.findall(text)) for text in texts) == 1
    )


def lay_out(group: Sequence[Example], module: Path, into: Path) -> Mapping[str, str]:
    """Write the programs of `group` and their `main` (the package `all`) to `into`; the name of each, by its folder."""
    names = {example.folder: f"p{number}" for number, example in enumerate(group)}
    for folder, name in names.items():
        (into / name).mkdir(parents=True)
        for source in (module / folder).glob("*.go"):
            text = source.read_text(encoding="utf-8")
            text = _MAIN.sub(f"func {ENTRY}()", _PACKAGE.sub(f"package {name}", text))
            (into / name / source.name).write_text(text, encoding="utf-8")
    own = (module / "go.mod").read_text(encoding="utf-8")
    (into / "go.mod").write_text(re.sub(r"^module .*$", "module together", own, flags=re.MULTILINE), encoding="utf-8")
    (into / "all").mkdir()
    imports = "\n".join(f'\t"together/{name}"' for name in names.values())
    entries = "\n".join(f'\t\t"{name}": {name}.{ENTRY},' for name in names.values())
    text = _DISPATCHER.format(imports=imports, entries=entries)
    (into / "all" / "main.go").write_text(text, encoding="utf-8")
    return names
