"""The server process: speaks the protocol, keeps what the worker has found, and never analyses anything itself.

A view of a package is only shown if it was made of the very texts that are open now. Each text has a revision of its
own, which grows with every change in any document, since editors may start counting again.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from golint_maps import __version__
from golint_maps.engine.run import known_rules
from golint_maps.lsp import actions, hovers, options, worker
from golint_maps.lsp.bridge import Bridge
from golint_maps.lsp.documents import Documents, is_go, path_of, uri_of
from golint_maps.lsp.options import Options
from golint_maps.lsp.view import Complaint, FileView, Gone, Idle, PackageView, Text, Working
from golint_maps.syntax.source import LineIndex

SHOW_NOTHING = FileView()
# How long a request waits for the analysis of the text that it is about, in seconds.
PATIENCE = 30.0
# A first pass over fewer packages than this is over before anybody would read of it.
_SMALL = 8
# Refreshes are asked for at most this often, in seconds.
_REFRESH = 0.3
_WATCHED = ("**/*.go", "**/.golint-maps.toml", "**/go.mod", "**/go.work", "**/.gitignore")
_CONTENT_MODIFIED = -32801
_SERVER_CANCELLED = -32802
# So many lists of code actions can be resolved: editors ask for several at a time, and on each move of the cursor.
_OFFERS = 20
_NEVER = 1 << 60
# A worker that dies so often without having analysed anything in between is not started again.
_DEATHS = 5


class UnansweredError(Exception):
    """There is no answer for the text as it is now: it goes on changing, or the analysis takes too long."""


@dataclass
class Open:
    """An open document: the revision of its text, whether the worker has that text, and the line index of it."""

    uri: str
    path: str
    revision: int
    sent: bool = False
    index: LineIndex | None = None


@dataclass
class Known:
    """What is known of a file: the view, its number (for pull diagnostics), and the revision of the text behind it."""

    view: FileView
    number: int
    revision: int | None = None


@dataclass
class Waiter:
    """A request that waits until the worker has dealt with a document."""

    path: str
    message: int
    future: asyncio.Future[None] = field(repr=False)


class Protocol(LanguageServerProtocol):
    """pygls' protocol, but for two things.

    It answers requests whose parameters make no sense, which would be left without an answer, and does not claim to execute
    commands, since there are none.
    """

    _claimed = types.ServerCapabilities()

    @property
    def server_capabilities(self) -> types.ServerCapabilities:
        """What the client is told that the server can do."""
        return self._claimed

    @server_capabilities.setter
    def server_capabilities(self, claimed: types.ServerCapabilities) -> None:
        claimed.execute_command_provider = None
        self._claimed = claimed

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Turn JSON into a message. Raises JsonRpcException."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), (int, str)):
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Server(LanguageServer):
    """The state of one connection."""

    protocol: LanguageServerProtocol

    def __init__(self, log_level: int = logging.WARNING, log_file: str | None = None) -> None:
        super().__init__(
            "golint-maps",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.rules = {rule.id: rule for rule in known_rules()}
        self.given = Options()  # what the client said at the start
        self.options = Options()
        self.log_level = log_level
        self.log_file = log_file
        self.bridge: Bridge | None = None
        self.avoided: set[tuple[str, str]] = set()
        self.open: dict[str, Open] = {}  # by path
        self.known: dict[str, Known] = {}  # by path
        self.numbers = itertools.count(1)
        self.revisions = itertools.count(1)
        self.waiters: list[Waiter] = []
        self.timer: asyncio.TimerHandle | None = None
        self.refreshing: asyncio.TimerHandle | None = None
        # For each list of code actions that was offered, the text's revision and the edits of the actions.
        self.offers: dict[int, tuple[int, list[Mapping[str, tuple[types.TextEdit, ...]]]]] = {}
        self.progress_token: str | None = None
        self.first_pass = True
        self.deaths = 0
        self.told: set[str] = set()
        self.pages: tempfile.TemporaryDirectory[str] | None = None
        self.tasks: set[asyncio.Task[Any]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None

    # --- what the client can do ---

    def can(self, *names: str) -> bool:
        """Whether the client has a capability, given by the names on the way to it."""
        value: Any = self.client_capabilities
        for name in names:
            value = getattr(value, name, None)
        return bool(value)

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics, so that they must not be pushed as well."""
        return self.can("text_document", "diagnostic")

    @property
    def encoding(self) -> str:
        """In which unit columns are counted."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    # --- life ---

    def begin(self, params: types.InitializeParams) -> None:
        """Before the capabilities are told: settings, documents of our own."""
        self.loop = asyncio.get_running_loop()
        workspace = self.workspace
        self.protocol._workspace = Documents(
            workspace.root_uri,
            types.TextDocumentSyncKind.Incremental,
            list(workspace.folders.values()),
            workspace.position_encoding,
        )
        self.given, complaints = options.read(params.initialization_options)
        self.options = self.given
        for complaint in complaints:
            self.complain(f"initializationOptions: {complaint}")

    async def start(self) -> None:
        """After `initialized`: watch files, read the client's settings, start the worker."""
        await self.register()
        await self.configure(None, restart=False)
        self.pages = _write_pages(self.rules.values())
        self.launch()

    def launch(self) -> None:
        """Start a worker and tell it everything."""
        assert self.loop is not None and self.pages is not None
        loop = self.loop
        beginning = worker.Beginning(
            folders=tuple(self.folders()),
            options=self.options,
            encoding=self.encoding,
            pages=uri_of(self.pages.name),
            avoided=frozenset(self.avoided),
            log_level=self.log_level,
            log_file=self.log_file,
        )

        def hear(event: Any) -> None:
            _in_loop(loop, self.hear, event)

        def died(at: Working | None) -> None:
            _in_loop(loop, self.died, at)

        self.bridge = Bridge(beginning, hear, died)
        self.bridge.send("start")
        for one in self.open.values():
            one.sent = False
        self.flush()

    def folders(self) -> list[str]:
        """The folders of the workspace."""
        found = [path_of(folder.uri) for folder in self.workspace.folders.values()]
        if not found and self.workspace.root_uri:
            found = [path_of(self.workspace.root_uri)]
        return found

    def died(self, at: Working | None) -> None:
        """The worker has died: start another one, which leaves alone what killed this one."""
        where = f" while it analysed {at.name}, which is left out from now on" if at is not None else ""
        self.complain(f"the analysis process has died{where}; it is started again")
        if at is not None:
            self.avoided.add((at.root, at.name))
        self.deaths += 1
        if self.deaths > _DEATHS:
            self.complain("the analysis process dies again and again; restart the server to try once more")
            self.bridge = None
            self.settle(None)
            return
        self.settle(None)
        self.launch()

    def end(self) -> None:
        """Let go of everything."""
        if self.bridge is not None:
            self.bridge.close()
            self.bridge = None
        if self.pages is not None:
            self.pages.cleanup()
            self.pages = None

    def complain(self, text: str, *, serious: bool = True) -> None:
        """Log something, and show it to the user the first time."""
        logging.warning("%s", text)
        kind = types.MessageType.Warning
        self.window_log_message(types.LogMessageParams(kind, text))
        if serious and text not in self.told:
            self.told.add(text)
            self.window_show_message(types.ShowMessageParams(kind, f"golint-maps: {text}"))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What pygls couldn't deal with, such as messages that are no JSON: no reason to bother anyone."""
        logging.error("%s: %s", getattr(source, "__name__", source), error)

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let a coroutine run beside everything else."""
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # --- documents ---

    def opened(self, document: types.TextDocumentItem) -> None:
        """A document was opened."""
        if is_go(document):
            path = path_of(document.uri)
            if document.uri != uri_of(path) and path in self.known:
                self.publish(uri_of(path), SHOW_NOTHING, None)  # the editor has another name for it
            self.open[path] = Open(document.uri, path, next(self.revisions))
            self.flush()

    def edited(self, uri: str) -> None:
        """A document has changed: wait for more, then analyse."""
        one = self.open.get(path_of(uri))
        if one is None:
            return
        one.revision = next(self.revisions)
        one.sent = False
        one.index = None
        if self.timer is not None:
            self.timer.cancel()
        assert self.loop is not None
        self.timer = self.loop.call_later(self.options.delay, self.flush)

    def closed(self, uri: str) -> None:
        """A document was closed: the file on the disk holds again, if there is one."""
        path = path_of(uri)
        one = self.open.pop(path, None)
        if one is None:
            return
        self.settle(path)
        if not Path(path).exists():
            self.forget([path], one.uri)
        elif one.uri != uri_of(path):
            self.publish(one.uri, SHOW_NOTHING, None)
            self.known.pop(path, None)  # what is found next is news under the file's own URI
        self.tell("close", [path])

    def saved(self, uri: str) -> None:
        """A document was saved: no need to wait any longer."""
        path = path_of(uri)
        if path in self.open:
            self.flush()
        else:
            self.tell("watched", [path])

    def flush(self) -> None:
        """Send the worker the texts that it doesn't have yet."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        fresh = [one for one in self.open.values() if not one.sent]
        if fresh and self.bridge is not None:
            texts = [
                Text(one.path, one.uri, one.revision, self.index(one).text)
                for one in sorted(fresh, key=lambda each: each.revision)
            ]
            for one in fresh:
                one.sent = True
            self.bridge.send("put", texts)
            for waiter in self.waiters:
                if any(waiter.path == one.path for one in fresh):
                    waiter.message = self.bridge.number

    def tell(self, method: str, *arguments: Any) -> None:
        """Have a method of the worker's desk called, after it has got all texts."""
        self.flush()
        if self.bridge is not None:
            self.bridge.send(method, *arguments)

    def index(self, one: Open) -> LineIndex:
        """The lines of an open document as it is now."""
        if one.index is None:
            source = self.workspace.get_text_document(one.uri).source
            one.index = LineIndex.of(source.encode("utf-8", "surrogatepass"))
        return one.index

    # --- what the worker says ---

    def hear(self, event: Any) -> None:
        """An event of the worker."""
        if isinstance(event, PackageView):
            self.take(event)
        elif isinstance(event, Gone):
            self.forget(event.paths)
        elif isinstance(event, Complaint):
            self.complain(event.text, serious=event.serious)
        elif isinstance(event, Working):
            self.show_progress(event)
        elif isinstance(event, Idle) and event.answered:
            self.first_pass = False
            self.end_progress()
            for waiter in [one for one in self.waiters if one.message <= event.answered]:
                self.settle(waiter.path)

    def take(self, package: PackageView) -> None:
        """Show a view, unless a newer text is open than it was made of."""
        for path in {*package.versions, *package.files}:
            current = self.open[path].revision if path in self.open else None
            if current != package.versions.get(path):
                logging.debug("%s: stale, not shown", package.name)
                return
        self.deaths = 0
        for problem in package.problems:
            self.complain(problem)
        # The file that was edited last comes first.
        ranked = sorted(package.files.items(), key=lambda item: -(package.versions.get(item[0]) or 0))
        changed = False
        for path, view in ranked:
            before = self.known.get(path)
            revision = package.versions.get(path)
            if before is not None and before.view == view:
                before.revision = revision
            else:
                self.known[path] = Known(view, next(self.numbers), revision)
            news = view.shown != (before.view.shown if before is not None else ())
            changed = changed or news
            one = self.open.get(path)
            if news or one is not None:  # of an open document, each version is answered
                self.publish(one.uri if one is not None else uri_of(path), view, one)
        waited = {waiter.path for waiter in self.waiters}
        for path in package.files:
            self.settle(path)
        if (changed and (self.pulls and not waited.issuperset(package.files))) or (changed and self.options.code_lens):
            self.refresh()

    def forget(self, paths: Iterable[str], uri: str | None = None) -> None:
        """There is nothing more to say of these files."""
        for path in paths:
            before = self.known.pop(path, None)
            if before is not None and before.view.shown:
                self.publish(uri or uri_of(path), SHOW_NOTHING, self.open.get(path))
                self.refresh()

    def publish(self, uri: str, view: FileView, one: Open | None) -> None:
        """Push diagnostics to a client that doesn't ask for them."""
        if self.pulls:
            return
        version = self.workspace.get_text_document(uri).version if one is not None else None
        found = [shown.diagnostic for shown in view.shown]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def refresh(self) -> None:
        """Ask the client to ask again, soon."""
        if self.refreshing is None and self.loop is not None:
            self.refreshing = self.loop.call_later(_REFRESH, self._refresh)

    def _refresh(self) -> None:
        self.refreshing = None
        if self.pulls and self.can("workspace", "diagnostics", "refresh_support"):
            self.workspace_diagnostic_refresh(None)
        if self.options.code_lens and self.can("workspace", "code_lens", "refresh_support"):
            self.workspace_code_lens_refresh(None)

    def settle(self, path: str | None) -> None:
        """Go on with the requests that wait for a document (None: for any)."""
        for waiter in [one for one in self.waiters if path is None or one.path == path]:
            self.waiters.remove(waiter)
            if not waiter.future.done():
                waiter.future.set_result(None)

    def show_progress(self, working: Working) -> None:
        """Tell how far the first pass has come."""
        if not self.first_pass or not self.can("window", "work_done_progress"):
            return
        if self.progress_token is None and working.total >= _SMALL:
            self.progress_token = f"golint-maps-{os.getpid()}"
            self.run(self._begin_progress(self.progress_token))
        elif self.progress_token in self.work_done_progress.tokens:
            percentage = 100 * working.done // max(working.total, 1)
            report = types.WorkDoneProgressReport(message=working.name, percentage=percentage)
            self.work_done_progress.report(self.progress_token, report)

    async def _begin_progress(self, token: str) -> None:
        try:
            await self.work_done_progress.create_async(token)
        except Exception as error:
            logging.info("no progress is shown: %s", error)
            return
        if self.progress_token == token:
            start = types.WorkDoneProgressBegin(title="golint-maps", message="reading", percentage=0)
            self.work_done_progress.begin(token, start)

    def end_progress(self) -> None:
        """The first pass is over."""
        token, self.progress_token = self.progress_token, None
        if token is not None and token in self.work_done_progress.tokens:
            self.work_done_progress.end(token, types.WorkDoneProgressEnd(message="done"))

    # --- settings ---

    async def register(self) -> None:
        """Ask the client to tell about files and settings."""
        wanted: list[types.Registration] = []
        if self.can("workspace", "did_change_watched_files", "dynamic_registration"):
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
            registration = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            wanted.append(types.Registration("golint-maps-files", method, registration))
        if self.can("workspace", "did_change_configuration", "dynamic_registration"):
            method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
            section = types.DidChangeConfigurationRegistrationOptions(options.SECTION)
            wanted.append(types.Registration("golint-maps-settings", method, section))
        if wanted:
            try:
                await self.client_register_capability_async(types.RegistrationParams(wanted))
            except Exception as error:
                logging.info("the client registers nothing: %s", error)

    async def configure(self, given: Any, *, restart: bool = True) -> None:
        """Read the settings: what the client has for us if it can be asked, or else what it has `given`."""
        if self.can("workspace", "configuration"):
            item = types.ConfigurationItem(section=options.SECTION)
            try:
                answer = await self.workspace_configuration_async(types.ConfigurationParams([item]))
                given = answer[0] if answer else None
            except Exception as error:
                logging.info("the client has no settings: %s", error)
        elif not isinstance(given, dict) or not isinstance(given.get(options.SECTION), dict):
            given = None  # settings of others
        read, complaints = options.read(given, self.given)
        for complaint in complaints:
            self.complain(f"settings: {complaint}")
        self.options = read
        if restart:
            self.tell("reconfigure", self.options)
            self.refresh()

    # --- requests ---

    async def current(self, uri: str) -> Known | None:
        """What is known of the text of a document as it is now; waits for the analysis. None if nothing ever will be.

        Raises UnansweredError where the text changes all the time, or the analysis takes too long.
        """
        path = path_of(uri)
        for _ in range(8):  # it may change while we wait
            one = self.open.get(path)
            known = self.known.get(path)
            if one is None or (known is not None and known.revision == one.revision):
                return known
            waiter = Waiter(path, 0, asyncio.get_running_loop().create_future())
            self.waiters.append(waiter)
            self.flush()
            waiter.message = self.bridge.number if self.bridge is not None else _NEVER
            revision = one.revision
            try:
                await asyncio.wait_for(waiter.future, PATIENCE)
            except asyncio.TimeoutError:
                raise UnansweredError from None
            finally:
                if waiter in self.waiters:
                    self.waiters.remove(waiter)
            if self.open.get(path) is one and one.revision == revision:
                known = self.known.get(path)
                return known if known is not None and known.revision == revision else None
        raise UnansweredError

    def fresh(self, uri: str) -> tuple[FileView, LineIndex] | None:
        """The view of an open document, if it is that of its text as it is now; nothing is waited for."""
        one = self.open.get(path_of(uri))
        known = self.known.get(one.path) if one is not None else None
        if one is None or known is None or known.revision != one.revision:
            return None
        return known.view, self.index(one)

    async def diagnostics(self, uri: str, previous: str | None) -> types.DocumentDiagnosticReport:
        """The diagnostics of one document, for those who ask. Raises JsonRpcException where they should ask again."""
        try:
            known = await self.current(uri)
        except UnansweredError:
            again = types.DiagnosticServerCancellationData(retrigger_request=True)
            raise JsonRpcException("not done yet", code=_SERVER_CANCELLED, data=again) from None
        if known is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        if previous == str(known.number):
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id=previous)
        found = [shown.diagnostic for shown in known.view.shown]
        return types.RelatedFullDocumentDiagnosticReport(items=found, result_id=str(known.number))

    def all_diagnostics(self, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        """What is known of all files, for those who ask; open documents are asked for one by one."""
        previous = {path_of(one.uri): (one.uri, one.value) for one in params.previous_result_ids}
        items: list[types.WorkspaceDocumentDiagnosticReport] = []
        for path, known in sorted(self.known.items()):
            one = self.open.get(path)
            if one is not None and known.revision != one.revision:
                continue
            uri = one.uri if one is not None else uri_of(path)
            version = self.workspace.get_text_document(uri).version if one is not None else None
            number = str(known.number)
            if path in previous and previous[path][1] == number:
                items.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri, number, version=version))
            elif path in previous or known.view.shown:
                found = [shown.diagnostic for shown in known.view.shown]
                items.append(types.WorkspaceFullDocumentDiagnosticReport(uri, found, version=version, result_id=number))
        for path, (uri, _) in previous.items():
            if path not in self.known:
                items.append(types.WorkspaceFullDocumentDiagnosticReport(uri, []))
        return types.WorkspaceDiagnosticReport(items)

    async def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        """What can be done about the findings in a range."""
        uri = params.text_document.uri
        try:
            await self.current(uri)
        except UnansweredError:
            return None
        fresh = self.fresh(uri)
        if fresh is None:
            return None
        view, index = fresh
        found = actions.actions(view, index, uri, params.range, self.encoding, self.rules)
        resolves = "edit" in (self._resolve_support() or ())
        result: list[types.CodeAction] = []
        offered = list(actions.wanted(found, params.context.only))
        offer = next(self.numbers)
        self.offers[offer] = self.open[path_of(uri)].revision, [action.edits for action in offered]
        for old in list(self.offers)[:-_OFFERS]:
            del self.offers[old]
        for number, action in enumerate(offered):
            built = types.CodeAction(
                title=action.title,
                kind=action.kind,
                diagnostics=list(action.diagnostics) or None,
                is_preferred=True if action.preferred else None,
            )
            if resolves:
                built.data = {"offer": offer, "number": number, "uri": uri}
            else:
                built.edit = self.workspace_edit(action.edits)
            result.append(built)
        return result or None

    def _resolve_support(self) -> Iterable[str] | None:
        capabilities = self.client_capabilities.text_document
        action = capabilities.code_action if capabilities is not None else None
        support = action.resolve_support if action is not None else None
        return support.properties if support is not None and action is not None and action.data_support else None

    def resolve(self, action: types.CodeAction) -> types.CodeAction:
        """Fill in the edit of a code action. Raises JsonRpcException where the text has changed since it was offered."""
        if action.edit is not None:
            return action
        data = action.data if isinstance(action.data, dict) else {}
        offer, number, uri = data.get("offer"), data.get("number"), data.get("uri")
        one = self.open.get(path_of(uri)) if isinstance(uri, str) else None
        revision, edits = self.offers.get(offer, (-1, [])) if isinstance(offer, int) else (-1, [])
        if one is None or one.revision != revision or not isinstance(number, int) or not 0 <= number < len(edits):
            raise JsonRpcException("the text has changed since this was offered", code=_CONTENT_MODIFIED)
        action.edit = self.workspace_edit(edits[number])
        return action

    def workspace_edit(self, edits: Any) -> types.WorkspaceEdit:
        """The edits in the form that the client understands."""
        if not self.can("workspace", "workspace_edit", "document_changes"):
            return types.WorkspaceEdit(changes={uri: list(each) for uri, each in edits.items()})
        documents = []
        for uri, each in edits.items():
            one = self.open.get(path_of(uri))
            version = self.workspace.get_text_document(uri).version if one is not None else None
            identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
            documents.append(types.TextDocumentEdit(identifier, list(each)))
        return types.WorkspaceEdit(document_changes=documents)

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What there is to say about a position."""
        one = self.open.get(path_of(params.text_document.uri))
        if one is None:
            return None
        fresh = self.fresh(one.uri)
        view = fresh[0] if fresh is not None else SHOW_NOTHING
        return hovers.hover(view, self.index(one), params.position, self.encoding, self.rules)

    async def code_lenses(self, uri: str) -> list[types.CodeLens] | None:
        """What guards the maps that are declared in a document, if that is wanted."""
        if not self.options.code_lens:
            return None
        try:
            known = await self.current(uri)
        except UnansweredError:
            return None
        if known is None:
            return None
        return [
            types.CodeLens(note.declared, types.Command(note.title, ""))
            for note in known.view.notes
            if note.declared is not None
        ] or None


def _write_pages(rules: Iterable[Any]) -> tempfile.TemporaryDirectory[str]:
    """The rules' pages as files, for diagnostics to link to: they are those of this version, and need no network."""
    folder = tempfile.TemporaryDirectory(prefix="golint-maps-pages-", ignore_cleanup_errors=True)
    for rule in rules:
        Path(folder.name, f"{rule.id}.md").write_text(hovers.page(rule), encoding="utf-8")
    return folder


def _in_loop(loop: asyncio.AbstractEventLoop, call: Callable[[Any], None], event: Any) -> None:
    try:
        loop.call_soon_threadsafe(call, event)
    except RuntimeError:  # the loop has ended
        logging.debug("too late: %s", type(event).__name__)


def make_server(log_level: int = logging.WARNING, log_file: str | None = None) -> Server:
    """A server with all its features, not yet connected to anything."""
    server = Server(log_level, log_file)
    folders = types.FileOperationFilter(
        types.FileOperationPattern("**", matches=types.FileOperationPatternKind.Folder), scheme="file"
    )
    files = types.FileOperationFilter(types.FileOperationPattern("**/*.go"), scheme="file")
    operations = types.FileOperationRegistrationOptions([files, folders])

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        await server.start()

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.end()

    @server.feature(types.EXIT)
    def leave(params: None) -> None:
        server.end()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.edited(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        server.tell("watched", [path_of(change.uri) for change in params.changes])

    @server.feature(types.WORKSPACE_DID_CREATE_FILES, operations)
    def did_create_files(params: types.CreateFilesParams) -> None:
        server.tell("watched", [path_of(file.uri) for file in params.files])

    @server.feature(types.WORKSPACE_DID_DELETE_FILES, operations)
    def did_delete_files(params: types.DeleteFilesParams) -> None:
        server.tell("watched", [path_of(file.uri) for file in params.files])

    @server.feature(types.WORKSPACE_DID_RENAME_FILES, operations)
    def did_rename_files(params: types.RenameFilesParams) -> None:
        server.tell("watched", [path_of(uri) for file in params.files for uri in (file.old_uri, file.new_uri)])

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.tell("move", server.folders())

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        await server.configure(params.settings)

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="golint-maps", work_done_progress=False
        ),
    )
    async def document_diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        return await server.diagnostics(params.text_document.uri, params.previous_result_id)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    def workspace_diagnostic(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        return server.all_diagnostics(params)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL], resolve_provider=True
        ),
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        return await server.code_actions(params)

    @server.feature(types.CODE_ACTION_RESOLVE)
    def resolve(params: types.CodeAction) -> types.CodeAction:
        return server.resolve(params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        return server.hover(params)

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def code_lens(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        return await server.code_lenses(params.text_document.uri)

    return server
