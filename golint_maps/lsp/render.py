"""From findings (bytes) to views of files (what an editor shows)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_

from lsprotocol import types

from golint_maps.engine import why
from golint_maps.engine.fix import compatible, edits_for, whole_edits
from golint_maps.finding import Edit, Finding, Level, Location
from golint_maps.flow.accesses import Guard, Place
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.verdicts import Conflict
from golint_maps.lsp.guarding import guarded
from golint_maps.lsp.positions import range_of, visible_range
from golint_maps.lsp.view import FileView, Note, Repair, Shown
from golint_maps.record import record
from golint_maps.syntax.source import LineIndex

SOURCE = "golint-maps"

_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}
_DEFAULT = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "information"}
# What an editor may fade out: comments and calls that do nothing.
_UNNECESSARY = frozenset({"unused-suppression"})


@record(frozen=True, slots=True)
class Believed:
    """What is believed about a place, with its conflicts, and the ranges where it is touched, by the keys of files.

    It holds as long as the place is the same object, for then nothing has happened to the files where it is touched.
    """

    place: Place
    guard: Guard | None
    conflicts: list[Conflict]
    text: str
    touched: Mapping[str, tuple[types.Range, ...]]


@dataclass
class Renderer:
    """Knows the texts of the files (by key), their URIs, the encoding of columns, and the client's severities.

    `pages` is the URI of the folder with the rules' pages. `kept` is what was believed about the places of the package,
    by their keys, when it was looked at last; it is renewed.
    """

    index_of: Callable[[str], LineIndex]
    uri_of: Callable[[str], str]
    encoding: str
    pages: str = ""
    severity: Mapping[str, str] = field(default_factory=dict)
    kept: dict[str, Believed] = field(default_factory=dict)
    _indexes: dict[str, LineIndex] = field(default_factory=dict)

    def index(self, key: str) -> LineIndex:
        """The lines of a file; each is looked up once."""
        if key not in self._indexes:
            self._indexes[key] = self.index_of(key)
        return self._indexes[key]

    def shown(self, finding: Finding) -> Shown:
        """A finding as a diagnostic with its repairs."""
        place = finding.location
        label = self.severity.get(finding.level.label) or _DEFAULT[finding.level]
        text = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
        related = [
            types.DiagnosticRelatedInformation(self._location(one.location), one.message) for one in finding.related
        ]
        diagnostic = types.Diagnostic(
            range=visible_range(self.index(place.path), place, self.encoding),
            message=text,
            severity=_SEVERITY[label],
            code=finding.rule,
            code_description=types.CodeDescription(f"{self.pages}/{finding.rule}.md") if self.pages else None,
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if finding.name in _UNNECESSARY else None,
            related_information=related or None,
            data={"rule": finding.rule, "name": finding.name, "map": finding.map},
        )
        return Shown(diagnostic, finding.rule, self._fix(finding), self._guarding(finding))

    def _location(self, place: Location) -> types.Location:
        return types.Location(self.uri_of(place.path), visible_range(self.index(place.path), place, self.encoding))

    def _fix(self, finding: Finding) -> Repair | None:
        fix = finding.fix
        return None if fix is None else self._repair(fix.title, fix.safe, fix.edits)

    def _repair(self, title: str, safe: bool, edits: Sequence[Edit]) -> Repair:
        """Edits in the editor's terms; imports that nothing uses any more go with them."""
        found: dict[str, tuple[types.TextEdit, ...]] = {}
        for path in dict.fromkeys(edit.location.path for edit in edits):
            index = self.index(path)
            found[self.uri_of(path)] = tuple(
                types.TextEdit(range_of(index, one.location.start, one.location.end, self.encoding), one.text)
                for one in whole_edits(path, index.text, edits)
            )
        return Repair(title, safe, found)

    def _together(self, findings: Sequence[Finding], title: str) -> Repair:
        """The safe fixes of the findings, those which can be made at once."""
        chosen = compatible(findings)
        return self._repair(title, True, list(dict.fromkeys(edit for one in chosen for edit in edits_for(one))))

    def _fixes(self, findings: Sequence[Finding]) -> tuple[Repair | None, dict[str, Repair]]:
        fixable = [finding for finding in findings if finding.fix is not None and finding.fix.safe]
        if not fixable:
            return None, {}
        rules: dict[str, list[Finding]] = {}
        for finding in fixable:
            rules.setdefault(finding.rule, []).append(finding)
        several = {
            rule: self._together(all_, f"Fix all {rule} in this file") for rule, all_ in rules.items() if len(all_) > 1
        }
        return self._together(fixable, "Fix all that golint-maps can fix safely"), several

    def _guarding(self, finding: Finding) -> Repair | None:
        if finding.missing_lock is None:
            return None
        path = finding.location.path
        inserted = guarded(self.index(path).text, finding.location.start, finding.missing_lock)
        if inserted is None:
            return None
        edits = tuple(
            types.TextEdit(range_of(self.index(path), at, at, self.encoding), text.decode()) for at, text in inserted
        )
        lock = finding.missing_lock
        return Repair(f"Guard this map: hold {lock.lock}.{lock.take}() here", False, {self.uri_of(path): edits})

    def notes(self, flow: PackageFlow) -> dict[str, list[Note]]:
        """What is believed about the maps of a package, for the files (by key) where they are declared or touched."""
        conflicts: dict[str, list[Conflict]] = {}
        for conflict in flow.conflicts:
            conflicts.setdefault(conflict.place.key, []).append(conflict)
        believed = {place.key: self._believed(flow, place, conflicts.get(place.key, [])) for place in flow.places}
        self.kept.clear()
        self.kept.update(believed)
        found: dict[str, list[Note]] = {}
        for one in believed.values():
            declared = _declaration(flow, one.place)
            at = visible_range(self.index(declared.path), declared, self.encoding) if declared is not None else None
            for path in {*one.touched, *((declared.path,) if declared is not None else ())}:
                here = at if declared is not None and declared.path == path else None
                found.setdefault(path, []).append(Note(_title(one.place), one.text, here, one.touched.get(path, ())))
        return found

    def _believed(self, flow: PackageFlow, place: Place, conflicts: list[Conflict]) -> Believed:
        known = self.kept.get(place.key)
        if known is not None and known.place is place and known.guard == place.guard:
            if len(known.conflicts) == len(conflicts) and all(map(is_, known.conflicts, conflicts)):
                return known
        touched: dict[str, tuple[types.Range, ...]] = {}
        for site in place.sites:
            location = Location(site.fact.function.path, *site.fact.at)
            at = visible_range(self.index(location.path), location, self.encoding)
            touched[location.path] = (*touched.get(location.path, ()), at)
        return Believed(place, place.guard, conflicts, "\n".join(why.about(flow, place)), touched)

    def views(self, findings: tuple[Finding, ...], flow: PackageFlow | None, keys: list[str]) -> dict[str, FileView]:
        """The views of the files with these keys; with a `flow`, also what is believed about their maps."""
        by_file: dict[str, list[Finding]] = {key: [] for key in keys}
        for finding in findings:
            by_file.setdefault(finding.location.path, []).append(finding)
        notes = self.notes(flow) if flow is not None else {}
        return {
            key: FileView(tuple(map(self.shown, by_file[key])), tuple(notes.get(key, ())), *self._fixes(by_file[key]))
            for key in keys
        }


def _title(place: Place) -> str:
    guard = place.guard
    if guard is None:
        return f"{place.name}: no guard is known"
    if guard.annotated:
        return f"{place.name} is guarded by {guard.text}, says its declaration"
    return f"{place.name} is guarded by {guard.text}, held at {guard.locked} of {guard.total} places"


def _declaration(flow: PackageFlow, place: Place) -> Location | None:
    """Where the field or package variable of a place is declared, if that is in this package."""
    prefix = flow.types.path + "."
    if place.local or not place.key.startswith(prefix):
        return None
    owner, _, name = place.key[len(prefix) :].rpartition(".")
    if owner:
        declaration = flow.types.types.get(owner)
        if declaration is not None and name in declaration.fields_at and declaration.path:
            return Location(declaration.path, *declaration.fields_at[name])
        return None
    variable = flow.types.variables.get(name)
    return Location(variable.path, *variable.at) if variable is not None and variable.path else None
