"""An editor for tests of the language server: a client of pytest-lsp with the capabilities of a real one."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

SERVER = [sys.executable, "-m", "golint_maps", "lsp"]
PATIENCE = 120.0
CLIENTS = ("visual_studio_code", "neovim@v0.7.0", "neovim@v0.11.0", "emacs")

HUB = """package hub

import "sync"

type Hub struct {
	mu    sync.Mutex
	peers map[string]int
}

func New() *Hub { return &Hub{peers: map[string]int{}} }

func (h *Hub) Join(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.peers[id] = 1
}

func (h *Hub) Leave(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.peers, id)
}

func (h *Hub) Drop(id string) {
	delete(h.peers, id)
}
"""
GOOD = HUB.replace("Drop(id string) {\n", "Drop(id string) {\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n")


def module(folder: Path, files: dict[str, str], name: str = "example.com/hub") -> Path:
    """Write a module."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "go.mod").write_text(f"module {name}\n\ngo 1.24\n")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def place(text: str, what: str, occurrence: int = 0) -> types.Position:
    """The position of the n-th occurrence of some ASCII text (counted from the end if negative)."""
    starts = [at for at in range(len(text)) if text.startswith(what, at)]
    before = text[: starts[occurrence]]
    return types.Position(before.count("\n"), len(before) - (before.rfind("\n") + 1))


class Editor:
    """A session: documents, what the server has said about them, and requests."""

    def __init__(self, client: LanguageClient, result: types.InitializeResult) -> None:
        self.client = client
        self.server = result.capabilities
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.published: list[types.PublishDiagnosticsParams] = []

        previous = client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

        def publish(params: types.PublishDiagnosticsParams) -> None:
            previous(params)
            self.published.append(params)

        client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = publish

    def open(self, path: Path | str, text: str | None = None) -> str:
        """Open a file (or a URI with a text); its URI."""
        uri = path.as_uri() if isinstance(path, Path) else path
        text = Path(path).read_text() if text is None else text
        self.versions[uri], self.texts[uri] = 1, text
        item = types.TextDocumentItem(uri, "go", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, text: str) -> None:
        """Replace the whole text."""
        self.send(uri, [types.TextDocumentContentChangeWholeDocument(text)])
        self.texts[uri] = text

    def send(self, uri: str, changes: Sequence[Any]) -> None:
        """Send changes as they are."""
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    def save(self, uri: str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def watched(self, *paths: Path, kind: types.FileChangeType = types.FileChangeType.Changed) -> None:
        events = [types.FileEvent(path.as_uri(), kind) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def until(self, condition: Callable[[], Any], what: str) -> Any:
        """Wait for something to become true."""
        for _ in range(int(PATIENCE / 0.02)):
            if found := condition():
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"waited in vain for {what}; messages: {[m.message for m in self.client.messages]}")

    async def codes(self, uri: str, *expected: str) -> Sequence[types.Diagnostic]:
        """Wait until the diagnostics of a document are these; for its version as it is now."""

        def there() -> bool:
            last = next((one for one in reversed(self.published) if one.uri == uri), None)
            if last is None or (uri in self.versions and last.version not in (None, self.versions[uri])):
                return False
            return sorted(str(one.code) for one in last.diagnostics) == sorted(expected)

        await self.until(there, f"{expected} in {uri}, not {self.client.diagnostics.get(uri)}")
        return self.client.diagnostics[uri]

    async def pull(self, uri: str, previous: str | None = None) -> Any:
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=previous)
        for _ in range(3):  # a busy server may say that one should ask again, as clients do
            try:
                return await asyncio.wait_for(self.client.text_document_diagnostic_async(params), PATIENCE)
            except JsonRpcException as error:
                if error.code != types.LSPErrorCodes.ServerCancelled:
                    raise
        raise AssertionError(f"no diagnostics of {uri}")

    async def actions(self, uri: str, where: types.Range, only: list[str] | None = None) -> dict[str, types.CodeAction]:
        """The code actions for a range, by title, with their edits."""
        context = types.CodeActionContext(list(self.client.diagnostics.get(uri, ())), only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        found = await asyncio.wait_for(self.client.text_document_code_action_async(params), PATIENCE) or []
        resolved = {}
        for action in found:
            assert isinstance(action, types.CodeAction)
            if action.edit is None:
                action = await asyncio.wait_for(self.client.code_action_resolve_async(action), PATIENCE)
            resolved[action.title] = action
        return resolved

    async def hover(self, uri: str, at: types.Position) -> str | None:
        params = types.HoverParams(types.TextDocumentIdentifier(uri), at)
        found = await asyncio.wait_for(self.client.text_document_hover_async(params), PATIENCE)
        return found.contents.value if found is not None else None

    def applied(self, action: types.CodeAction, uri: str) -> str:
        """The text of a document with the edits of an action, as an editor applies them (ASCII only)."""
        edit = action.edit
        assert edit is not None
        edits = list((edit.changes or {}).get(uri, ()))
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            if change.text_document.uri == uri:
                assert change.text_document.version == self.versions[uri]
                edits += list(change.edits)
        text = self.texts[uri]
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        for one in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
            start = starts[one.range.start.line] + one.range.start.character
            end = starts[one.range.end.line] + one.range.end.character
            text = text[:start] + one.new_text + text[end:]
        return text


@asynccontextmanager
async def editor(
    *folders: Path,
    preset: str = "neovim@v0.7.0",
    encodings: list[types.PositionEncodingKind] | None = None,
    settings: dict[str, Any] | None = None,
    configuration: dict[str, Any] | None = None,
    adapt: Callable[[types.ClientCapabilities], None] | None = None,
    server: Sequence[str] = (),
) -> AsyncIterator[Editor]:
    """A session with a server of its own."""
    client = await ClientServerConfig(server_command=[*SERVER, *server]).start()
    assert isinstance(client, LanguageClient)
    capabilities = client_capabilities(preset)
    if encodings is not None:
        general = capabilities.general or types.GeneralClientCapabilities()
        general.position_encodings = encodings
        capabilities.general = general
    if adapt is not None:
        adapt(capabilities)
    if configuration is not None:
        client.set_configuration({"golintMaps": configuration})
    params = types.InitializeParams(
        capabilities=capabilities,
        root_uri=folders[0].as_uri() if folders else None,
        workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
        initialization_options=settings,
    )
    try:
        result = await asyncio.wait_for(client.initialize_session(params), PATIENCE)
        yield Editor(client, result)
    finally:
        await asyncio.wait_for(client.shutdown_session(), PATIENCE)
        await client.stop()
