"""The worker's desk: all modules of the workspace, the open documents, and what to look at next.

It knows neither processes nor the protocol, so that everything that matters can be tried out in a plain test.
"""
# Paths are plain strings here, as on the floor that reads them.
# ruff: noqa: PTH112, PTH113, PTH118, PTH119, PTH120

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from golint_maps.lsp.options import Options
from golint_maps.lsp.render import Believed, Renderer
from golint_maps.lsp.session import Analysed, Session
from golint_maps.lsp.view import Complaint, FileView, Gone, PackageView, Text
from golint_maps.project import config, gomod
from golint_maps.project.config import ConfigError, Settings
from golint_maps.project.reach import within_reach
from golint_maps.project.regular import read_regular
from golint_maps.syntax.source import LineIndex

# Code that a person reads but does not write: nobody wants to hear what is wrong with it.
_OTHERS = ("/vendor/", "/pkg/mod/", "/node_modules/")

Event = PackageView | Gone | Complaint


class Desk:
    """Keeps one `Session` for each module (and for each folder outside of modules) with an open document or asked for.

    Paths are absolute with links resolved. Each method that may find out something returns events for the editor.
    """

    def __init__(self, folders: Iterable[str], options: Options, encoding: str, pages: str = "") -> None:
        """`folders` are those of the workspace, `encoding` is how the editor counts columns, `pages` where rules link to."""
        self.folders = [os.path.realpath(folder) for folder in folders]
        self.options = options
        self.encoding = encoding
        self.pages = pages
        self.open: dict[str, Text] = {}
        self.overlay: dict[str, bytes] = {}
        self.sessions: dict[str, Session] = {}
        self.avoided: set[tuple[str, str]] = set()
        self._touched: list[str] = []  # paths, the one that was edited last at the end
        self._noted: set[tuple[str, str]] = set()
        self._told: set[str] = set()
        # By session and package: what is believed about the places of packages with open documents.
        self._believed: dict[tuple[str, str], dict[str, Believed]] = {}

    # --- what happens in the editor ---

    def start(self) -> Iterator[Event]:
        """Take in the modules of the workspace, where all of it is wanted."""
        if self.options.scope == "workspace":
            for folder in self.folders:
                for root in _modules(folder):
                    yield from self._session(root, [root])

    def put(self, texts: Iterable[Text]) -> Iterator[Event]:
        """Documents were opened or have changed."""
        for text in texts:
            known = text.path in self.open
            self.open[text.path] = text
            self.overlay[text.path] = text.text
            self._touch(text.path)
            yield from self._changed(text.path)
            if not known:
                yield from self._opened(text.path)

    def close(self, paths: Iterable[str]) -> Iterator[Event]:
        """Documents were closed: the texts on the disk hold again."""
        for path in paths:
            self.open.pop(path, None)
            self.overlay.pop(path, None)
            if path in self._touched:
                self._touched.remove(path)
            yield from self._changed(path)
        yield from self._forget()
        if self.options.scope != "workspace":
            yield Gone(tuple(self._unwanted(paths)))

    def watched(self, paths: Iterable[str]) -> Iterator[Event]:
        """Something has happened to files on the disk; those that are open don't count, as their texts are known."""
        paths = [path for path in paths if path not in self.overlay]
        names = {os.path.basename(path) for path in paths}
        if any(not name.endswith(".go") for name in names):  # configuration, modules, or whole folders
            yield from self.reconfigure(self.options)
            return
        again: set[str] = set()
        for path in paths:
            for root, session in self.sessions.items():
                if root in again:
                    continue
                known = session.knows(path)
                if not session.change(path) and (known or _is_below(path, root)):
                    again.add(root)
        for root in sorted(again):
            yield from self._reload(root)

    def move(self, folders: Iterable[str]) -> Iterator[Event]:
        """The workspace has other folders now."""
        self.folders = [os.path.realpath(folder) for folder in folders]
        yield from self._forget()
        yield from self.start()

    def reconfigure(self, options: Options) -> Iterator[Event]:
        """Other settings, or another configuration file: everything is looked at again."""
        self.options = options
        self._told.clear()
        self._noted.clear()
        for root, session in list(self.sessions.items()):
            if not os.path.isdir(root) and not any(_is_below(path, root) for path in self.open):
                yield from self._drop(root)
                continue
            try:
                session.use(self._settings(root))
            except ConfigError as error:
                yield from self._complain(f"{error}; the previous settings hold")
            yield from self._reload(root)
        if self.options.scope != "workspace":
            yield Gone(
                tuple(self._unwanted(path for each in self.sessions.values() for path in map(each.path, each.files)))
            )
        yield from self.start()

    # --- what to do about it ---

    def next(self) -> tuple[str, str] | None:
        """The most urgent package that has to be analysed, as session and import path; None where all is done.

        What was edited last comes first, then packages with open files, then importers and the rest, in order.
        """
        recent = {path: number for number, path in enumerate(self._touched, 1)}
        best: tuple[int, int, str, str] | None = None
        for root, session in self.sessions.items():
            for order, name in enumerate(session.steps):
                if name not in session.dirty or (root, name) in self.avoided:
                    continue
                files = session.steps[name].package.files
                if not any(file.reported for file in files):
                    session.dirty.discard(name)
                    continue
                urgency = max((recent.get(session.path(file.path), 0) for file in files), default=0)
                if not urgency and self.options.scope != "workspace":
                    continue
                candidate = (-urgency, order, root, name)
                if best is None or candidate < best:
                    best = candidate
        return None if best is None else best[2:]

    def progress(self) -> tuple[int, int]:
        """How many packages are up to date, of how many."""
        total = sum(len(session.steps) for session in self.sessions.values())
        return total - sum(len(session.dirty) for session in self.sessions.values()), total

    def paths(self, root: str, name: str) -> frozenset[str]:
        """The paths of the files of a package."""
        session = self.sessions[root]
        return frozenset(session.path(file.path) for file in session.steps[name].package.files)

    def size(self, root: str, name: str) -> int:
        """The bytes of source of a package."""
        return sum(len(file.text) for file in self.sessions[root].steps[name].package.files)

    def analyse(self, root: str, name: str) -> PackageView:
        """Analyse one package; what there is to show in its files. Any exception leaves the package to be done again."""
        started = time.perf_counter()
        session = self.sessions[root]
        result = session.analyse(name)
        try:
            return self._shown(root, name, result, started)
        except BaseException:
            session.dirty.add(name)
            raise

    def _shown(self, root: str, name: str, result: Analysed, started: float) -> PackageView:
        session = self.sessions[root]
        paths = {file.path: session.path(file.path) for file in result.package.files if file.reported}
        is_open = any(path in self.open for path in paths.values())
        if is_open:
            self._noted.add((root, name))
        else:
            self._believed.pop((root, name), None)
        kept = self._believed.setdefault((root, name), {}) if is_open else {}
        renderer = self._renderer(session, kept)
        views = renderer.views(result.findings, result.flow if is_open else None, list(paths))
        shown = {paths[key]: view if self._is_wanted(paths[key]) else FileView() for key, view in views.items()}
        problems = tuple(f"{problem.path}: {problem.detail}" for problem in result.problems)
        versions = {path: self.open[path].version for path in self.paths(root, name) if path in self.open}
        return PackageView(name, shown, versions, problems, time.perf_counter() - started)

    def _renderer(self, session: Session, kept: dict[str, Believed]) -> Renderer:
        def index_of(key: str) -> LineIndex:
            return session.index(key)

        def uri_of(key: str) -> str:
            path = session.path(key)
            return self.open[path].uri if path in self.open else Path(path).as_uri()

        return Renderer(index_of, uri_of, self.encoding, self.pages, self.options.severity, kept)

    def _is_wanted(self, path: str) -> bool:
        return self.options.scope != "file" or path in self.open

    # --- sessions ---

    def _changed(self, path: str) -> Iterator[Event]:
        for root, session in list(self.sessions.items()):
            known = session.knows(path)
            if not session.change(path) and (known or (_is_below(path, root) and session.covers(path))):
                yield from self._reload(root)

    def _opened(self, path: str) -> Iterator[Event]:
        """Make sure that there is a session which reports on the document."""
        holder = next(((root, one) for root, one in self.sessions.items() if one.reports(path)), None)
        if holder is not None:
            root, session = holder
            name = session.package_of(path)
            if name is not None and (root, name) not in self._noted:  # its notes were not worth making so far
                session.dirty.add(name)
            return
        if any(part in path for part in _OTHERS):
            return
        root, wholly = self._root_of(path)
        if wholly and root not in self.sessions:
            yield from self._session(root, [root])
        session_ = self.sessions.get(root)
        if wholly and session_ is not None and session_.knows(path):
            return  # read, but deliberately not reported on
        if wholly and session_ is not None:  # in testdata and the like: it is named by being opened
            session_.paths.append(path)
            yield from self._reload(root)
        else:
            yield from self._session(os.path.dirname(path), [path])

    def _root_of(self, path: str) -> tuple[str, bool]:
        """The folder of the session for a file, and whether all that is below it belongs there."""
        folder = os.path.dirname(path)
        root = _module_root(folder)
        if root is None:
            return folder, False
        mine = not self.folders or any(_is_below(root, one) or _is_below(one, root) for one in self.folders)
        return (root, True) if mine else (folder, False)

    def _session(self, root: str, paths: list[str]) -> Iterator[Event]:
        if root in self.sessions:
            session = self.sessions[root]
            new = [path for path in paths if path not in session.paths]
            if new and root not in session.paths:
                session.paths += new
                yield from self._reload(root)
            return
        try:
            settings = self._settings(root)
            session = Session(root, paths, settings, self.overlay)
        except ConfigError as error:
            yield from self._complain(f"{error}; the default settings hold")
            session = Session(root, paths, Settings(), self.overlay)
        session.dirty.update(session.steps)
        self.sessions[root] = session
        logging.info("%s: %d packages", root, len(session.steps))

    def _settings(self, root: str) -> Settings:
        named = self.options.configuration
        file = Path(root, named) if named else config.find_config(root, Path(root))
        return self.options.on_top_of(config.load(file) if file is not None else Settings())

    def _reload(self, root: str) -> Iterator[Event]:
        gone = self.sessions[root].reload()
        if gone:
            yield Gone(tuple(sorted(gone)))

    def _forget(self) -> Iterator[Event]:
        """Drop the sessions that nobody asks about any more."""
        for root, session in list(self.sessions.items()):
            if any(_is_below(root, folder) or _is_below(folder, root) for folder in self.folders):
                continue
            if not any(session.reports(path) for path in self.open):
                yield from self._drop(root)

    def _drop(self, root: str) -> Iterator[Event]:
        session = self.sessions.pop(root)
        self._believed = {key: kept for key, kept in self._believed.items() if key[0] != root}
        self._noted = {each for each in self._noted if each[0] != root}
        yield Gone(tuple(session.path(key) for key, file in session.files.items() if file.reported))

    def _unwanted(self, paths: Iterable[str]) -> Iterator[str]:
        """Those of the paths that the scope leaves out."""
        for path in paths:
            if path in self.open:
                continue
            if self.options.scope == "file" or not any(
                (name := session.package_of(path)) is not None
                and not self.open.keys().isdisjoint(self.paths(root, name))
                for root, session in self.sessions.items()
            ):
                yield path

    def _touch(self, path: str) -> None:
        if path in self._touched:
            self._touched.remove(path)
        self._touched.append(path)

    def _complain(self, text: str) -> Iterator[Event]:
        if text not in self._told:
            self._told.add(text)
            yield Complaint(text)


def _module_root(folder: str) -> str | None:
    while not os.path.isfile(os.path.join(folder, "go.mod")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def _modules(folder: str) -> Iterator[str]:
    """The modules of a workspace folder: its own, and those of its `go.work`."""
    if os.path.isfile(os.path.join(folder, "go.mod")):
        yield folder
    work = os.path.join(folder, "go.work")
    try:
        uses = gomod.parse(read_regular(work)).uses
    except OSError:
        return
    for use in uses:
        root = os.path.realpath(os.path.join(folder, use))
        if root != folder and within_reach(folder, root) and os.path.isfile(os.path.join(root, "go.mod")):
            yield root


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
