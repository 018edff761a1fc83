"""What a client may set: `initializationOptions` and the section `golintMaps` of its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Any

from golint_maps.project import config
from golint_maps.project.config import Settings
from golint_maps.record import record

SECTION = "golintMaps"
SEVERITIES = ("error", "warning", "information", "hint")
SCOPES = ("workspace", "package", "file")


@record(frozen=True)
class Options:
    """The client's settings, checked.

    `configuration` is the path of a configuration file ("": the nearest one above each module). `select`, `ignore`,
    `min_level` and `min_confidence` lie on top of that file, as on the command line. `scope` says for which files there
    are diagnostics: all of the `workspace`, the `package`s of open files, or each open `file` alone. `delay` is how long
    after a change the analysis waits for the next one, in seconds. `severity` maps levels to an editor's severities.
    """

    configuration: str = ""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    min_level: str | None = None
    min_confidence: str | None = None
    scope: str = "workspace"
    delay: float = 0.2
    code_lens: bool = False
    severity: Mapping[str, str] = field(default_factory=dict)

    def on_top_of(self, settings: Settings) -> Settings:
        """The settings of a configuration file with those of the client on top. Raises ConfigError."""
        return config.merge(
            settings,
            select=self.select,
            ignore=self.ignore,
            min_level=self.min_level,
            min_confidence=self.min_confidence,
        )


def read(given: Any, base: Options | None = None) -> tuple[Options, tuple[str, ...]]:
    """The options in `given` (JSON; camelCase keys, perhaps below `settings` or `golintMaps`) on top of `base`.

    Also what is wrong with them, one sentence for each; a wrong value is left out, and the rest holds.
    """
    options = base or Options()
    if isinstance(given, Mapping):
        for wrapper in ("settings", SECTION):
            if isinstance(given.get(wrapper), Mapping):
                given = given[wrapper]
    if given is None or given == []:
        return options, ()
    if not isinstance(given, Mapping):
        return options, (f"the settings must be an object, not {type(given).__name__}",)
    values: dict[str, Any] = {}
    complaints: list[str] = []
    for key, value in given.items():
        reader = _READERS.get(str(key))
        if reader is None:
            meant = config.nearest(str(key), _READERS)
            complaints.append(f"unknown setting {key!r}" + (f"; did you mean {meant!r}?" if meant else ""))
        elif value is not None:
            try:
                values[_setting(str(key))] = reader(value)
            except ValueError as error:
                complaints.append(f"{key} {error}")
    return replace(options, **values), tuple(complaints)


def _setting(key: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a string")
    return value


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("must be a list of strings")
    return tuple(value) or None


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 60_000:
        raise ValueError("must be a number of milliseconds, at most 60000")
    return value / 1000


def _one_of(*choices: str) -> Any:
    def read_choice(value: object) -> str | None:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return read_choice


def _severity(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping) or not set(value) <= set(config.LEVELS):
        raise ValueError(f"must be an object with keys among {', '.join(config.LEVELS)}")
    if not set(value.values()) <= set(SEVERITIES):
        raise ValueError(f"must have values among {', '.join(SEVERITIES)}")
    return dict(value)


_READERS: Mapping[str, Any] = {
    "configuration": _text,
    "select": _texts,
    "ignore": _texts,
    "minLevel": _one_of(*config.LEVELS),
    "minConfidence": _one_of(*config.CONFIDENCES),
    "scope": _one_of(*SCOPES),
    "delay": _seconds,
    "codeLens": _flag,
    "severity": _severity,
}
assert {_setting(key) for key in _READERS} == {one.name for one in fields(Options)}
