"""Configuration: `.golint-maps.toml`, checked key by key, as one frozen `Settings`.

Whether the rules that it names exist is for the engine to say, which knows the rules: see `Settings.rule_names`.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from golint_maps.project.ignore import Patterns, PatternSet, bad_pattern, repository_root
from golint_maps.project.reach import is_below, within_reach
from golint_maps.project.regular import read_regular
from golint_maps.project.walk import DiscoveryOptions
from golint_maps.record import record

FILE_NAME = ".golint-maps.toml"
LEVELS = ("note", "warning", "error")
CONFIDENCES = ("low", "medium", "high")
ACCESSES = ("read", "write", "delete", "iterate", "len", "clear")
"""What a method of a type in `[maps.methods]` may do to its map."""

# What a table for another floor may hold.
Data = Mapping[str, Any]
_T = TypeVar("_T")


class ConfigError(Exception):
    """A configuration that can't be used; its text is one line for people and names the file and the key."""


@record(frozen=True, slots=True)
class PerPath:
    """`[[per-path]]`: what holds in files that match the gitignore-style `paths`.

    The rules in `ignore` stay silent, `levels` maps rules to their level (`note`, `warning`, `error`).
    """

    paths: tuple[str, ...]
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)


@record(frozen=True)
class Settings:
    """All that can be set in a configuration file; without one, the defaults.

    `file` is the path of the file ("" for none). `folder` is absolute: patterns, `rules_folder` and `baseline` are relative to it
    ("" means the working directory). `spawners` maps names of functions that run an argument on another goroutine to
    their descriptions, which the flow floor understands; `lock_types`, `map_types`, `map_methods` and `safe_types` tell
    about types what `golint_maps.types.hints` has.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_level: str = "note"
    min_confidence: str = "medium"
    fail_on: str = "warning"
    exclude: tuple[str, ...] = ()
    exclude_tests: bool = False
    vendor: bool = False
    testdata: bool = False
    node_modules: bool = False
    hidden: bool = False
    generated: bool = False
    gitignore: bool = True
    report_unused_suppressions: bool = False
    levels: Mapping[str, str] = field(default_factory=dict)
    per_path: tuple[PerPath, ...] = ()
    spawners: Mapping[str, Data] = field(default_factory=dict)
    lock_types: tuple[str, ...] = ()
    map_types: tuple[str, ...] = ()
    safe_types: tuple[str, ...] = ()
    map_methods: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rules_folder: str = ""
    baseline: str = ""
    extend: tuple[str, ...] = ()
    file: str = ""
    folder: str = ""
    given: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def discovery(
        self,
        cwd: Path,
        *,
        exclude: Iterable[str] = (),
        force_exclude: bool = False,
        overlay: Mapping[str, bytes] | None = None,
    ) -> DiscoveryOptions:
        """The options for discovery; `exclude` are further patterns, relative to `cwd` (from the command line)."""
        return DiscoveryOptions(
            vendor=self.vendor,
            testdata=self.testdata,
            node_modules=self.node_modules,
            hidden=self.hidden,
            generated=self.generated,
            gitignore=self.gitignore,
            exclude=(Patterns(self.folder or os.fspath(cwd), self.exclude), Patterns(os.fspath(cwd), tuple(exclude))),
            exclude_tests=self.exclude_tests,
            force_exclude=force_exclude,
            overlay=overlay or {},
        )

    def ignored_at(self, cwd: Path) -> Callable[[str], tuple[str, ...]]:
        """A function from the key of a file (relative to `cwd`) to the rules that `[[per-path]]` silences in it."""
        entries_at = self._entries_at(cwd)
        return lambda key: tuple(rule for entry in entries_at(key) for rule in entry.ignore)

    def levels_at(self, cwd: Path) -> Callable[[str], tuple[tuple[str, str], ...]]:
        """A function from the key of a file to the pairs of rule and level that hold in it, the strongest first."""
        if not self.levels and not any(entry.levels for entry in self.per_path):
            return lambda key: ()
        entries_at = self._entries_at(cwd)

        def levels(key: str) -> tuple[tuple[str, str], ...]:
            here = [pair for entry in reversed(entries_at(key)) for pair in entry.levels.items()]
            return (*here, *self.levels.items())

        return levels

    def baseline_file(self) -> str | None:
        """The absolute path of the baseline, None where there is none.

        Raises ConfigError where it leads out of the repository or, where there is none, out of the folder.
        """
        if not self.baseline:
            return None
        file = os.path.join(self.folder, self.baseline)  # noqa: PTH118 (a string, as settings hold them)
        home = repository_root(os.path.realpath(self.folder)) or self.folder
        if not is_below(home, file):
            raise ConfigError(f"{self.file or FILE_NAME}: baseline: {self.baseline!r} leads out of {home}")
        return file

    def _entries_at(self, cwd: Path) -> Callable[[str], list[PerPath]]:
        root = os.path.realpath(cwd)
        base = os.path.realpath(self.folder or cwd)
        table = [(PatternSet(Patterns(base, entry.paths)), entry) for entry in self.per_path]

        def entries(key: str) -> list[PerPath]:
            path = os.path.normpath(Path(root, key))
            return [entry for patterns, entry in table if patterns.matches(path, is_folder=False)]

        return entries

    def rule_names(self) -> Iterator[tuple[str, str]]:
        """Each rule, group or name that occurs, with the key where it does, for whoever knows which of them exist."""
        yield from (("select", name) for name in self.select)
        yield from (("ignore", name) for name in self.ignore)
        yield from (("levels", name) for name in self.levels)
        yield from (("per-path.ignore", name) for entry in self.per_path for name in entry.ignore)
        yield from (("per-path.levels", name) for entry in self.per_path for name in entry.levels)


def find_config(start: str | os.PathLike[str], cwd: Path) -> Path | None:
    """The nearest `.golint-maps.toml` at or above `start` (file, folder or `folder/...`, relative to `cwd`), or None.

    The search ends at the root of the repository (the folder with `.git`), so that no configuration takes effect by
    accident from above it. `start` need not exist. Raises ConfigError for a link that leads out of the repository.
    """
    text = os.fspath(start).replace("\0", "")
    folder = Path(os.path.realpath(cwd / re.sub(r"(^|[/\\])\.\.\.$", r"\1", text)))
    if not folder.is_dir():
        folder = folder.parent
    for place in (folder, *folder.parents):
        file = place / FILE_NAME
        if file.is_file():
            if file.is_symlink() and not within_reach(os.fspath(place), os.fspath(file)):
                raise ConfigError(f"{file}: a link that leads out of the repository (--config takes what it is given)")
            return file
        if (place / ".git").exists():
            return None
    return None


def load(path: str | os.PathLike[str]) -> Settings:
    """Read a configuration file, and those that it extends.

    Raises ConfigError where one can't be read, is no TOML, or says something unknown.
    """
    return _load(Path(path), ())


def _load(path: Path, above: tuple[str, ...]) -> Settings:
    real = os.path.realpath(path)
    if real in above:
        raise ConfigError(f"{path}: extend leads back to this file")
    try:
        text = read_regular(path).decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8") from error
    own = parse(text, os.fspath(path), os.fspath(Path(real).parent))
    settings = own
    for name in reversed(own.extend):
        if not within_reach(own.folder, name):
            raise ConfigError(f"{path}: extend: {name!r} leads out of the repository")
        settings = _extended(settings, _load(path.parent / name, (*above, real)))
    return settings


def _extended(settings: Settings, base: Settings) -> Settings:
    """What the settings of a file are on top of those of a file that it extends.

    What is only in one of them holds, lists but for `select` are put together, and tables key by key. Patterns are
    relative to the extending file, which knows the tree; files and folders to the one that names them.
    """
    default = Settings()
    values: dict[str, Any] = {}
    for one in fields(Settings):
        mine, theirs = getattr(settings, one.name), getattr(base, one.name)
        if one.name in ("file", "folder", "extend", "given") or theirs == getattr(default, one.name):
            continue
        if one.name in ("rules_folder", "baseline"):
            theirs = os.path.join(base.folder, theirs)  # noqa: PTH118 (a string, as settings hold them)
        if isinstance(mine, Mapping):
            values[one.name] = {**theirs, **mine}
        elif isinstance(mine, tuple) and one.name != "select":
            values[one.name] = (*theirs, *(item for item in mine if item not in theirs))
        elif one.name not in settings.given:
            values[one.name] = theirs
    return replace(settings, given=settings.given | base.given, **values)


def toml() -> Any:
    """What reads TOML, imported where there is some: in the standard library from Python 3.11 on, tomli (the same) for 3.10."""
    return importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")


def parse(text: str, file: str = "", folder: str = "") -> Settings:
    """The settings in the TOML `text`; `file` is its name in messages. Raises ConfigError as `load` does."""
    tomllib = toml()
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{file or FILE_NAME}: {error or 'nested too deeply'}") from error
    values = _Reader(file or FILE_NAME, "", table).read(_TOP)
    return replace(Settings(file=file, folder=folder), **values, given=frozenset(values))


def merge(settings: Settings, **given: Any) -> Settings:
    """Settings with values of the command line on top: those that are None leave the setting as it is.

    A `select` replaces that of the file, an `ignore` or a list of `lock_types` adds to it, and so does `exclude`.
    Raises ConfigError for values that no configuration file could hold, TypeError for names that are no settings.
    """
    known = {one.name for one in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise TypeError(f"no such setting: {name}")
        if value is None:
            continue
        if isinstance(value, (list, tuple)):
            value = tuple(value)
            if name != "select":
                value = tuple(dict.fromkeys((*getattr(settings, name), *value)))
            elif not value:
                continue
        values[name] = value
    for name, choices in (("min_level", LEVELS), ("min_confidence", CONFIDENCES), ("fail_on", LEVELS)):
        if name in values and values[name] not in choices:
            raise ConfigError(f"--{name.replace('_', '-')}: {_unknown(str(values[name]), choices)}")
    return replace(settings, **values)


def show(settings: Settings) -> str:
    """The settings as a configuration file (valid TOML, which reads back as the same settings), each with its value."""
    lines = [f"# from {settings.file!r}" if settings.file else "# no configuration file"]
    for key, reader in _TOP.items():
        if not isinstance(reader, dict) and key not in ("per-path", "spawners", "levels", "extend"):
            lines.append(f"{key} = {_toml(getattr(settings, reader.setting))}")
    lines += ["", "[levels]", *(f"{_toml_key(name)} = {_toml(level)}" for name, level in settings.levels.items())]
    lines += ["", "[locks]", f"types = {_toml(settings.lock_types)}"]
    lines += ["", "[maps]", f"types = {_toml(settings.map_types)}", f"safe = {_toml(settings.safe_types)}"]
    lines += ["", "[maps.methods]"]
    lines += [f"{_toml_key(name)} = {_toml(methods)}" for name, methods in settings.map_methods.items()]
    lines += ["", "[rules]", f"folder = {_toml(settings.rules_folder)}"]
    lines += ["", "[spawners]", *(f"{_toml_key(name)} = {_toml(entry)}" for name, entry in settings.spawners.items())]
    for per_path in settings.per_path:
        lines += ["", "[[per-path]]", f"paths = {_toml(per_path.paths)}", f"ignore = {_toml(per_path.ignore)}"]
        lines.append(f"levels = {_toml(per_path.levels)}")
    return "\n".join(lines) + "\n"


def schema() -> dict[str, Any]:
    """The JSON schema of configuration files, for editors; made from the table by which files are read."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "golint-maps",
        "description": "Configuration of golint-maps (.golint-maps.toml)",
        **_schema_of(_TOP),
    }


def _schema_of(table: Mapping[str, Any]) -> dict[str, Any]:
    properties = {
        key: _schema_of(entry) if isinstance(entry, Mapping) else _schema_of_key(key, entry)
        for key, entry in table.items()
    }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _schema_of_key(key: str, entry: _Key) -> dict[str, Any]:
    strings = {"type": "array", "items": {"type": "string"}}
    level = {"type": "string", "enum": list(LEVELS)}
    if entry.setting in _CHOICES:
        return {"type": "string", "enum": list(_CHOICES[entry.setting])}
    if entry.read is _per_path:
        one = {**_schema_of(_PER_PATH), "required": ["paths"], "minProperties": 2}
        return {"type": "array", "items": one}
    by_reader: dict[Any, dict[str, Any]] = {
        _flag: {"type": "boolean"},
        _string: {"type": "string"},
        _strings: strings,
        _types: strings,
        _patterns: strings,
        _one_or_more: {"anyOf": [{"type": "string"}, strings]},
        _levels: {"type": "object", "additionalProperties": level},
        _methods: {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "string", "enum": list(ACCESSES)},
            },
        },
        _spawners: {"type": "object", "additionalProperties": {"type": "object"}},
    }
    return by_reader[entry.read]


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant by a mistyped `word`, or None."""
    import difflib

    by_form = {_form(candidate): candidate for candidate in candidates}
    close = difflib.get_close_matches(_form(word), by_form, n=1, cutoff=0.5)
    return by_form[close[0]] if close else None


def _form(word: str) -> str:
    return word.lower().replace("_", "-")


def _unknown(word: str, candidates: Iterable[str], what: str = "value") -> str:
    candidates = list(candidates)
    meant = nearest(word, candidates)
    hint = f"did you mean {meant!r}?" if meant else f"there are: {', '.join(candidates)}"
    return f"unknown {what} {word!r}; {hint}"


@record(frozen=True, slots=True)
class _Key:
    """How the value of one key is checked and into which setting it goes."""

    setting: str
    read: Callable[[_Reader, str, Any], Any]


class _Reader:
    """Reads one table of a file, so that each complaint can name file and key."""

    def __init__(self, file: str, prefix: str, table: Mapping[str, Any]) -> None:
        self.file = file
        self.prefix = prefix
        self.table = table

    def read(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in self.table.items():
            entry = schema.get(key)
            if entry is None:
                raise ConfigError(
                    f"{self.file}: {_unknown(self.prefix + key, [self.prefix + k for k in schema], 'key')}"
                )
            if isinstance(entry, _Key):
                values[entry.setting] = entry.read(self, self.prefix + key, value)
            else:
                inner = self.typed(self.prefix + key, value, dict, "a table")
                values.update(_Reader(self.file, f"{self.prefix}{key}.", inner).read(entry))
        return values

    def typed(self, key: str, value: Any, kind: type[_T], name: str) -> _T:
        if not isinstance(value, kind):
            raise self.error(key, f"must be {name}, not {_describe(value)}")
        return value

    def error(self, key: str, message: str) -> ConfigError:
        return ConfigError(f"{self.file}: {key} {message}")


def _flag(reader: _Reader, key: str, value: Any) -> bool:
    return reader.typed(key, value, bool, "true or false")


def _string(reader: _Reader, key: str, value: Any) -> str:
    return reader.typed(key, value, str, "a string")


def _one_or_more(reader: _Reader, key: str, value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else _strings(reader, key, value)


def _levels(reader: _Reader, key: str, value: Any) -> dict[str, str]:
    table = reader.typed(key, value, dict, "a table")
    return {name: _choice(*LEVELS)(reader, f"{key}.{name}", level) for name, level in table.items()}


def _methods(reader: _Reader, key: str, value: Any) -> dict[str, dict[str, str]]:
    table = reader.typed(key, value, dict, "a table")
    found: dict[str, dict[str, str]] = {}
    _types(reader, key, list(table))
    for name, methods in table.items():
        inner = reader.typed(f"{key}.{name}", methods, dict, "a table")
        found[name] = {
            method: _choice(*ACCESSES)(reader, f"{key}.{name}.{method}", kind) for method, kind in inner.items()
        }
    return found


def _strings(reader: _Reader, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise reader.error(key, f"must be a list of strings, not {_describe(value)}")
    return tuple(value)


def _types(reader: _Reader, key: str, value: Any) -> tuple[str, ...]:
    names = _strings(reader, key, value)
    for name in names:
        if not re.fullmatch(r"[^\s*.][^\s*]*\.\w+", name):
            raise reader.error(key, f"holds {name!r}, which lacks its package, as in 'example.com/lib.Tree'")
    return names


def _patterns(reader: _Reader, key: str, value: Any) -> tuple[str, ...]:
    lines = _strings(reader, key, value)
    for line in lines:
        if complaint := bad_pattern(line):
            raise reader.error(key, f"holds {line!r}, which is no pattern: {complaint}")
    return lines


def _choice(*choices: str) -> Callable[[_Reader, str, Any], str]:
    def read(reader: _Reader, key: str, value: Any) -> str:
        text = _string(reader, key, value)
        if text not in choices:
            raise ConfigError(f"{reader.file}: {key}: {_unknown(text, choices)}")
        return text

    return read


def _per_path(reader: _Reader, key: str, value: Any) -> tuple[PerPath, ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise reader.error(key, f"must be a list of tables ([[{key}]]), not {_describe(value)}")
    entries = []
    for table in value:
        values = _Reader(reader.file, f"{key}.", table).read(_PER_PATH)
        if "paths" not in values:
            raise reader.error(f"{key}.paths", "is missing")
        if len(values) == 1:
            raise reader.error(f"{key}.ignore", "is missing (or levels, or both)")
        entries.append(PerPath(**values))
    return tuple(entries)


def _spawners(reader: _Reader, key: str, value: Any) -> dict[str, Data]:
    table = reader.typed(key, value, dict, "a table")
    for name, entry in table.items():
        reader.typed(f"{key}.{name}", entry, dict, "a table")
        _plain(reader, f"{key}.{name}", entry)
    return table


def _plain(reader: _Reader, key: str, value: Any) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _plain(reader, f"{key}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            _plain(reader, key, inner)
    elif not isinstance(value, (str, int, float)):
        raise reader.error(key, f"must not be {_describe(value)}")


def _describe(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    names = {str: "a string", int: "a number", float: "a number", dict: "a table", list: "a list of other things"}
    return names.get(type(value), "a date or time")


_CHOICES = {"min_level": LEVELS, "min_confidence": CONFIDENCES, "fail_on": LEVELS}
_TOP: Mapping[str, Any] = {
    "select": _Key("select", _strings),
    "ignore": _Key("ignore", _strings),
    "min-level": _Key("min_level", _choice(*LEVELS)),
    "min-confidence": _Key("min_confidence", _choice(*CONFIDENCES)),
    "fail-on": _Key("fail_on", _choice(*LEVELS)),
    "exclude": _Key("exclude", _patterns),
    "exclude-tests": _Key("exclude_tests", _flag),
    "vendor": _Key("vendor", _flag),
    "testdata": _Key("testdata", _flag),
    "node-modules": _Key("node_modules", _flag),
    "hidden": _Key("hidden", _flag),
    "generated": _Key("generated", _flag),
    "gitignore": _Key("gitignore", _flag),
    "report-unused-suppressions": _Key("report_unused_suppressions", _flag),
    "baseline": _Key("baseline", _string),
    "extend": _Key("extend", _one_or_more),
    "levels": _Key("levels", _levels),
    "per-path": _Key("per_path", _per_path),
    "spawners": _Key("spawners", _spawners),
    "locks": {"types": _Key("lock_types", _types)},
    "maps": {
        "types": _Key("map_types", _types),
        "safe": _Key("safe_types", _types),
        "methods": _Key("map_methods", _methods),
    },
    "rules": {"folder": _Key("rules_folder", _string)},
}
_PER_PATH: Mapping[str, Any] = {
    "paths": _Key("paths", _patterns),
    "ignore": _Key("ignore", _strings),
    "levels": _Key("levels", _levels),
}


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _toml_string(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml_key(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return repr(value)  # int and float are written alike, also inf and nan


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml_string(key)


def _toml_string(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped, and surrogates, which it can't hold.
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
