from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from editor import CLIENTS, GOOD, HUB, editor, module, place
from lsprotocol import types

pytestmark = pytest.mark.asyncio


def whole(text: str) -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(text.count("\n"), 0))


def at(text: str, what: str, occurrence: int = 0) -> types.Range:
    point = place(text, what, occurrence)
    return types.Range(point, point)


@pytest.mark.parametrize("preset", CLIENTS)
async def test_diagnostics_follow_the_text_while_typing(tmp_path: Path, preset: str) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root, preset=preset) as session:
        uri = session.open(root / "hub.go")
        if "v0.11" in preset:  # it asks for diagnostics, so that none are pushed
            report = await session.pull(uri)
            assert [one.code for one in report.items] == ["GM104"]
            session.change(uri, GOOD)
            assert not (await session.pull(uri, report.result_id)).items
            assert session.published == []
            return
        (found,) = await session.codes(uri, "GM104")
        assert found.source == "golint-maps"
        assert found.range.start == place(HUB, "delete(h.peers", -1)
        assert found.severity == types.DiagnosticSeverity.Warning
        assert found.related_information
        related = {one.location.range.start.line for one in found.related_information}
        assert place(HUB, "h.peers[id] = 1").line in related or place(HUB, "delete(h.peers").line in related
        assert found.code_description is not None and found.code_description.href.endswith("/GM104.md")
        session.change(uri, GOOD)
        await session.codes(uri)
        session.change(uri, HUB)
        await session.codes(uri, "GM104")


@pytest.mark.parametrize("preset", CLIENTS)
async def test_it_claims_nothing_that_others_own(tmp_path: Path, preset: str) -> None:
    async with editor(module(tmp_path, {}), preset=preset) as session:
        claimed = {name for name, value in attrs.asdict(session.server, recurse=False).items() if value is not None}
    documents = {"position_encoding", "text_document_sync", "workspace"}
    assert claimed == documents | {
        "diagnostic_provider",
        "code_action_provider",
        "hover_provider",
        "code_lens_provider",
    }


@pytest.mark.parametrize("preset", CLIENTS)
async def test_code_actions_mend_guard_and_silence(tmp_path: Path, preset: str) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root, preset=preset) as session:
        uri = session.open(root / "hub.go")
        there = at(HUB, "delete(h.peers", -1)
        found = await session.actions(uri, there)
        guard = next(action for title, action in found.items() if title.startswith("Guard this map"))
        assert guard.kind == types.CodeActionKind.QuickFix and not guard.is_preferred
        assert guard.diagnostics and guard.diagnostics[0].code == "GM104"
        assert "\th.mu.Lock()\n\tdelete(h.peers, id)\n\th.mu.Unlock()\n}" in session.applied(guard, uri)
        line = session.applied(found["Ignore GM104 on this line"], uri)
        assert "delete(h.peers, id) //golint-maps:ignore GM104 TODO: say why\n" in line
        whole_file = session.applied(found["Ignore GM104 in this file"], uri)
        assert whole_file.startswith("package hub\n\n//golint-maps:ignore-file GM104 TODO: say why\n")
        assert await session.actions(uri, at(HUB, "package")) == {}
        for text in (line, whole_file, session.applied(guard, uri)):
            session.change(uri, text)
            assert await session.actions(uri, whole(text)) == {}


FIXABLE = """package p

import "sync"

type T struct{ m sync.Map }

func (t *T) Put(k string) { t.m.Store(k, 1) }

func (t *T) Reset() {
	t.m = sync.Map{}
}

func (t *T) Forget() {
	t.m = sync.Map{}
}
"""


@pytest.mark.parametrize("preset", CLIENTS)
async def test_safe_fixes_are_preferred_and_made_together(tmp_path: Path, preset: str) -> None:
    root = module(tmp_path, {"p.go": FIXABLE})
    async with editor(root, preset=preset) as session:
        uri = session.open(root / "p.go")
        pulled = [str(one.code) for one in (await session.pull(uri)).items]
        assert pulled == ["GM309", "GM309"]
        found = await session.actions(uri, at(FIXABLE, "t.m = sync"))
        (fix,) = [action for action in found.values() if action.is_preferred]
        assert fix.title == "Empty the map with Clear"
        once = session.applied(fix, uri)
        assert once == FIXABLE.replace("t.m = sync.Map{}", "t.m.Clear()", 1)
        both = session.applied(found["Fix all GM309 in this file"], uri)
        assert both == FIXABLE.replace("t.m = sync.Map{}", "t.m.Clear()")
        assert not [action for action in found.values() if action.kind != types.CodeActionKind.QuickFix]
        everything = await session.actions(uri, whole(FIXABLE), only=["source.fixAll"])
        (fix_all,) = everything.values()
        assert fix_all.kind == "source.fixAll.golintMaps" and session.applied(fix_all, uri) == both
        assert await session.actions(uri, whole(FIXABLE), only=["refactor"]) == {}
        session.change(uri, both)
        assert not (await session.pull(uri)).items


async def test_a_fix_that_has_gone_stale_is_refused(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root, preset="visual_studio_code") as session:
        uri = session.open(root / "hub.go")
        await session.codes(uri, "GM104")
        context = types.CodeActionContext([])
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), at(HUB, "delete(h.peers", -1), context)
        offered = await session.client.text_document_code_action_async(params)
        assert offered
        action = offered[0]
        assert isinstance(action, types.CodeAction) and action.edit is None
        session.change(uri, "// moved\n" + HUB)
        with pytest.raises(Exception, match="the text has changed"):
            await session.client.code_action_resolve_async(action)


async def test_each_action_is_resolved_as_it_was_offered(tmp_path: Path) -> None:
    """Also after another list of actions was asked for, as editors do that show them and fix on save."""
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root, preset="visual_studio_code") as session:
        uri = session.open(root / "hub.go")
        await session.codes(uri, "GM104")
        place = at(HUB, "delete(h.peers", -1)
        document = types.TextDocumentIdentifier(uri)
        offers = [
            await session.client.text_document_code_action_async(
                types.CodeActionParams(document, place, types.CodeActionContext([]))
            )
            for _ in range(2)
        ]
        guards = [[one for one in offer or () if "Guard" in one.title] for offer in offers]
        silences = [[one for one in offer or () if "Ignore" in one.title] for offer in offers]
        nothing = types.CodeActionParams(
            document, types.Range(types.Position(0, 0), types.Position(0, 0)), types.CodeActionContext([])
        )
        await session.client.text_document_code_action_async(nothing)
        for (guard, *_), (silence, *_) in zip(guards, silences, strict=True):
            assert isinstance(guard, types.CodeAction) and isinstance(silence, types.CodeAction)
            for action, part in ((guard, "h.mu.Lock()"), (silence, "golint-maps:ignore")):
                resolved = await session.client.code_action_resolve_async(action)
                assert part in session.applied(resolved, uri)


@pytest.mark.parametrize("preset", CLIENTS)
async def test_hover_says_what_guards_a_map_and_explains_rules(tmp_path: Path, preset: str) -> None:
    text = HUB.replace(
        "delete(h.peers, id)\n}\n", "delete(h.peers, id) //golint-maps:ignore GM201 for the test\n}\n", 1
    )
    root = module(tmp_path, {"hub.go": text})
    async with editor(root, preset=preset) as session:
        uri = session.open(root / "hub.go")
        await session.pull(uri)
        field = await session.hover(uri, place(text, "peers map"))
        assert field is not None and "Hub.peers is guarded by h.mu, held at 2 of 3 places" in field
        assert "write in Hub.Join" in field and "verdict: inconsistent-lock" in field
        touched = await session.hover(uri, place(text, "peers[id]"))
        assert touched == field
        finding = await session.hover(uri, place(text, "delete(h.peers", -1))
        assert finding is not None and "# GM104 inconsistent-lock" in finding and "held at 2 of 3 places" in finding
        comment = await session.hover(uri, place(text, "golint-maps:ignore"))
        assert comment is not None and "# GM201 range-delete" in comment and "GM104" not in comment
        for elsewhere in ("func (h *Hub) Join", "package", "mu    sync"):
            assert await session.hover(uri, place(text, elsewhere)) is None


async def test_code_lenses_are_off_unless_asked_for(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    params = types.CodeLensParams(types.TextDocumentIdentifier((root / "hub.go").as_uri()))
    async with editor(root) as session:
        session.open(root / "hub.go")
        assert not await session.client.text_document_code_lens_async(params)
    async with editor(root, settings={"codeLens": True}) as session:
        session.open(root / "hub.go")
        (lens,) = await session.client.text_document_code_lens_async(params) or ()
        assert lens.range.start == place(HUB, "peers map")
        assert lens.command is not None and lens.command.title.startswith("Hub.peers is guarded by h.mu")


@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind), ids=lambda each: each.value)
async def test_columns_are_counted_as_agreed(tmp_path: Path, encoding: types.PositionEncodingKind) -> None:
    text = HUB.replace("\tdelete(h.peers, id)\n}\n", "\tdelete(h.peers, id)\n}\n", 1)
    cut = text.rindex("\tdelete(")
    text = text[:cut] + '\t_ = "äß€𝄞"; delete(h.peers, id)\n}\n'
    before = '\t_ = "äß€𝄞"; '
    column = {
        types.PositionEncodingKind.Utf8: len(before.encode()),
        types.PositionEncodingKind.Utf16: len(before.encode("utf-16-le")) // 2,
        types.PositionEncodingKind.Utf32: len(before),
    }[encoding]
    root = module(tmp_path, {"hub.go": text})
    async with editor(root, encodings=[encoding]) as session:
        assert session.server.position_encoding == encoding
        uri = session.open(root / "hub.go")
        (found,) = await session.codes(uri, "GM104")
        assert found.range.start.character == column
        line = found.range.start.line
        end = types.Position(line, column + len("delete(h.peers, id)"))
        replaced = types.Range(types.Position(line, column), end)
        session.send(uri, [types.TextDocumentContentChangePartial(replaced, "h.Leave(id)")])
        await session.codes(uri)
        assert await session.hover(uri, types.Position(line, column + 3)) is None


async def test_what_changes_in_one_file_is_seen_in_the_others(tmp_path: Path) -> None:
    """A declaration moves to another type, and the package that imports it looks again."""
    low = "package low\n\ntype Table map[string]int\n"
    high = 'package high\n\nimport "example.com/hub/low"\n\nfunc Fill() {\n\tvar t low.Table\n\tt["a"] = 1\n}\n'
    root = module(tmp_path, {"low/low.go": low, "high/high.go": high})
    async with editor(root) as session:
        low_uri, high_uri = session.open(root / "low/low.go"), session.open(root / "high/high.go")
        await session.codes(high_uri, "GM401")
        session.change(low_uri, low.replace("map[string]int", "[]int"))
        await session.codes(high_uri)
        session.change(low_uri, low)
        await session.codes(high_uri, "GM401")


async def test_files_that_are_not_open_are_reported_and_watched(tmp_path: Path) -> None:
    root = module(tmp_path, {"a/hub.go": HUB, "b/b.go": "package b\n"})
    async with editor(root) as session:
        closed = (root / "a/hub.go").as_uri()
        session.open(root / "b/b.go")
        await session.codes(closed, "GM104")
        (root / "a/hub.go").write_text(GOOD)
        session.watched(root / "a/hub.go")
        await session.codes(closed)
        (root / "a/more.go").write_text(HUB.replace("Hub", "Club").replace("New", "NewClub"))
        session.watched(root / "a/more.go", kind=types.FileChangeType.Created)
        more = (root / "a/more.go").as_uri()
        await session.codes(more, "GM104")
        (root / "a/more.go").unlink()
        session.watched(root / "a/more.go", kind=types.FileChangeType.Deleted)
        await session.codes(more)


async def test_a_closed_document_is_that_on_the_disk(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": GOOD})
    async with editor(root) as session:
        uri = session.open(root / "hub.go", HUB)
        await session.codes(uri, "GM104")
        session.close(uri)
        del session.versions[uri]
        await session.codes(uri)


async def test_several_folders_and_a_workspace_of_modules(tmp_path: Path) -> None:
    one = module(tmp_path / "one", {"hub.go": HUB}, "example.com/one")
    two = tmp_path / "two"
    module(two / "x", {"hub.go": HUB}, "example.com/x")
    table = 'package y\n\nimport "example.com/x/low"\n\nfunc Fill() {\n\tvar t low.Table\n\tt["a"] = 1\n}\n'
    module(two / "y", {"y.go": table}, "example.com/y")
    module(two / "x", {"low/low.go": "package low\n\ntype Table map[string]int\n"}, "example.com/x")
    (two / "go.work").write_text("go 1.24\n\nuse (\n\t./x\n\t./y\n)\n")
    async with editor(one, two) as session:
        await session.codes((one / "hub.go").as_uri(), "GM104")
        await session.codes((two / "x/hub.go").as_uri(), "GM104")
        await session.codes((two / "y/y.go").as_uri(), "GM401")
        gone = types.WorkspaceFoldersChangeEvent(added=[], removed=[types.WorkspaceFolder(one.as_uri(), "one")])
        session.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(gone))
        await session.codes((one / "hub.go").as_uri())


async def test_files_outside_of_modules_and_without_a_name(tmp_path: Path) -> None:
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose" / "hub.go").write_text(HUB)
    async with editor() as session:
        loose = session.open(tmp_path / "loose" / "hub.go")
        unsaved = session.open("untitled:Untitled-1", HUB)
        await session.codes(loose, "GM104")
        await session.codes(unsaved, "GM104")
        session.close(unsaved)
        del session.versions[unsaved]
        await session.codes(unsaved)


async def test_code_of_others_is_left_alone(tmp_path: Path) -> None:
    root = module(tmp_path / "app", {"a.go": "package a\n", "vendor/example.com/x/hub.go": HUB})
    cached = module(tmp_path / "go/pkg/mod/example.com/x@v1.0.0", {"hub.go": HUB}, "example.com/x")
    async with editor(root) as session:
        for path in (root / "vendor/example.com/x/hub.go", cached / "hub.go"):
            uri = session.open(path)
            assert not (await session.pull(uri)).items


async def test_settings_come_from_file_and_client_and_are_read_again(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    config = root / ".golint-maps.toml"
    async with editor(root, settings={"severity": {"warning": "hint"}}) as session:
        uri = session.open(root / "hub.go")
        (found,) = await session.codes(uri, "GM104")
        assert found.severity == types.DiagnosticSeverity.Hint
        config.write_text('ignore = ["GM104"]\n')
        session.watched(config, kind=types.FileChangeType.Created)
        await session.codes(uri)
        config.write_text("ignore = 7\n")
        session.watched(config)
        await session.until(lambda: any("ignore must be" in m.message for m in session.client.messages), "a complaint")
        config.unlink()
        session.watched(config, kind=types.FileChangeType.Deleted)
        await session.codes(uri, "GM104")
        settings = {"golintMaps": {"select": ["GM2"]}}
        session.client.set_configuration(settings)
        session.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        await session.codes(uri)


async def test_wrong_settings_are_told_and_the_rest_holds(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root, settings={"minLevl": "error", "delay": -1, "minLevel": "note"}) as session:
        uri = session.open(root / "hub.go")
        await session.codes(uri, "GM104")
        said = " ".join(message.message for message in session.client.messages)
        assert "did you mean 'minLevel'?" in said and "delay must be" in said


@pytest.mark.parametrize(("scope", "others"), [("package", ["GM104"]), ("file", [])])
async def test_the_scope_says_what_is_reported(tmp_path: Path, scope: str, others: list[str]) -> None:
    more = HUB.replace("Hub", "Club").replace("New", "NewClub")
    root = module(tmp_path, {"hub.go": HUB, "more.go": more, "far/hub.go": HUB})
    async with editor(root, settings={"scope": scope}) as session:
        uri = session.open(root / "hub.go")
        await session.codes(uri, "GM104")
        if others:  # the file being edited comes first, the others of its package behind it
            await session.codes((root / "more.go").as_uri(), "GM104")
        last = {one.uri: [each.code for each in one.diagnostics] for one in session.published}
        assert last.get((root / "more.go").as_uri(), []) == others
        assert (root / "far/hub.go").as_uri() not in last


async def test_workspace_diagnostics_are_pulled_and_refreshed(tmp_path: Path) -> None:
    root = module(tmp_path, {"a/hub.go": HUB, "b/b.go": "package b\n"})

    def refreshes(capabilities: types.ClientCapabilities) -> None:
        assert capabilities.workspace is not None
        capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)

    async with editor(root, preset="neovim@v0.11.0", adapt=refreshes) as session:
        options = session.server.diagnostic_provider
        assert options is not None and options.inter_file_dependencies and options.workspace_diagnostics
        await session.until(lambda: session.client.diagnostic_refresh_count, "a refresh")
        report = await session.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        (item,) = report.items
        assert item.uri == (root / "a/hub.go").as_uri() and [one.code for one in item.items] == ["GM104"]
        previous = [types.PreviousResultId(item.uri, item.result_id)]
        again = await session.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous))
        assert [one.kind for one in again.items] == ["unchanged"]
        assert session.published == []


async def test_the_first_pass_shows_its_progress(tmp_path: Path) -> None:
    root = module(tmp_path, {f"p{number}/hub.go": HUB for number in range(30)})
    async with editor(root, preset="visual_studio_code") as session:
        await session.codes((root / "p29/hub.go").as_uri(), "GM104")

        def kinds() -> list[str]:
            return [one.kind for reports in session.client.progress_reports.values() for one in reports]

        await session.until(lambda: kinds()[-1:] == ["end"], f"the end of the progress: {kinds()}")
        assert kinds()[0] == "begin"
