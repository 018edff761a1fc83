"""The language server under bad treatment: it answers, never dies, and shows what is true of the last text."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from editor import GOOD, HUB, SERVER, editor, module, place
from lsprotocol import types

pytestmark = pytest.mark.asyncio


async def test_a_thousand_rapid_edits_end_in_the_diagnostics_of_the_last_text(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root) as session:
        uri = session.open(root / "hub.go")
        await session.codes(uri, "GM104")
        before = len(session.published)
        end = HUB.count("\n")
        for number in range(1000):
            at = types.Range(types.Position(end + number, 0), types.Position(end + number, 0))
            text = f"// {number}\n" if number % 3 else f"func f{number}() {{ // not yet\n"
            session.send(uri, [types.TextDocumentContentChangePartial(at, text)])
            if number % 100 == 0:
                assert await session.hover(uri, types.Position(0, 0)) is None  # it answers meanwhile
        session.change(uri, GOOD)
        await session.codes(uri)
        versions = [one.version for one in session.published[before:] if one.uri == uri]
        assert versions == sorted(versions) and len(versions) < 100
        session.change(uri, HUB)
        (found,) = await session.codes(uri, "GM104")
        assert found.range.start == place(HUB, "delete(h.peers", -1)


async def test_text_that_does_not_parse_is_read_as_far_as_possible(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    broken = HUB + "\nfunc (h *Hub) half( {\n\th.peers[\n"
    async with editor(root) as session:
        uri = session.open(root / "hub.go", broken)
        await session.codes(uri, "GM104")
        for text in ("", "\0\0\0", "package", "}}}}" * 100, "package hub\n/*", "package other\n", "\ud83d\ude00" * 3):
            session.change(uri, text.encode("utf-16", "surrogatepass").decode("utf-16"))
            await session.codes(uri)
        session.change(uri, HUB)
        await session.codes(uri, "GM104")


async def test_line_ends_of_all_kinds(tmp_path: Path) -> None:
    """Form feeds and line separators are no line ends for the protocol, though they are for Python."""
    text = HUB.replace("\n", "\r\n").replace("type Hub", "// a\x0cb\u2028c\x85d\r\ntype Hub")
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root) as session:
        uri = session.open(root / "hub.go", text)
        (found,) = await session.codes(uri, "GM104")
        line = found.range.start.line
        assert line == text[: text.rindex("delete(h.peers")].count("\n")
        where = types.Range(types.Position(line, 1), types.Position(line, 20))
        session.send(uri, [types.TextDocumentContentChangePartial(where, "h.Leave(id)")])
        await session.codes(uri)


async def test_a_huge_file_blocks_nobody(tmp_path: Path) -> None:
    lines = "".join(f"func f{number}(m map[int]int) {{ m[{number}]++ }}\n" for number in range(4000))
    root = module(tmp_path, {"huge/huge.go": f"package huge\n\n{lines}", "small/hub.go": HUB})
    async with editor(root) as session:
        session.open(root / "huge/huge.go")
        await asyncio.sleep(0.5)
        small = session.open(root / "small/hub.go")
        assert await asyncio.wait_for(session.hover(small, types.Position(0, 0)), 5) is None
        await session.codes(small, "GM104")


async def test_a_folder_that_is_deleted_takes_its_findings_with_it(tmp_path: Path) -> None:
    root = module(tmp_path, {"a/hub.go": HUB, "b/hub.go": HUB})
    async with editor(root) as session:
        uri = session.open(root / "b/hub.go")
        gone = (root / "a/hub.go").as_uri()
        await session.codes(gone, "GM104")
        shutil.rmtree(root / "a")
        folder = types.DeleteFilesParams([types.FileDelete((root / "a").as_uri())])
        session.client.workspace_did_delete_files(folder)
        await session.codes(gone)
        shutil.rmtree(root)
        session.watched(root / "b/hub.go", kind=types.FileChangeType.Deleted)
        session.change(uri, GOOD)
        await session.codes(uri)


async def test_a_rule_that_crashes_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that Python imports at its start makes one rule fail, in the worker process too."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import golint_maps.rules.range_delete as module\n"
        "def broken(*_):\n    raise RuntimeError('on purpose')\n"
        "for name in vars(module.RangeDelete).copy():\n"
        "    if name.startswith(('check_', 'visit_')):\n        setattr(module.RangeDelete, name, broken)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    root = module(tmp_path / "hub", {"hub.go": HUB})
    async with editor(root) as session:
        uri = session.open(root / "hub.go")
        await session.codes(uri, "GM104")
        await session.until(
            lambda: [one for one in session.client.messages if "GM201 failed" in one.message], "a notice of the crash"
        )


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker process through /proc")
async def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    root = module(tmp_path, {"hub.go": HUB})
    async with editor(root) as session:
        uri = session.open(root / "hub.go")
        await session.codes(uri, "GM104")
        server = session.client._server
        assert server is not None
        children = [
            int(child)
            for task in Path(f"/proc/{server.pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        workers = [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
        assert len(workers) == 1
        os.kill(workers[0], signal.SIGKILL)
        await session.until(lambda: any("has died" in one.message for one in session.client.messages), "a notice")
        session.change(uri, HUB + "\n")
        await session.codes(uri, "GM104")


def talk(*messages: bytes) -> list[dict[str, object]]:
    """What the server answers to these bytes, after it has been initialized, and before it is shut down."""

    def frame(content: bytes) -> bytes:
        return b"Content-Length: %d\r\n\r\n%s" % (len(content), content)

    def request(number: int, method: str, **params: object) -> bytes:
        return frame(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())

    start = request(1, "initialize", processId=None, rootUri=None, capabilities={})
    start += frame(b'{"jsonrpc": "2.0", "method": "initialized", "params": {}}')
    end = frame(b'{"jsonrpc": "2.0", "id": 99, "method": "shutdown"}') + frame(b'{"jsonrpc": "2.0", "method": "exit"}')
    process = subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output, _ = process.communicate(start + b"".join(map(frame, messages)) + end, timeout=300)
    assert process.returncode == 0
    answers = []
    while output:
        head, _, output = output.partition(b"\r\n\r\n")
        length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        answers.append(json.loads(output[:length]))
        output = output[length:]
    return answers


async def test_malformed_messages_are_answered_or_passed_over() -> None:
    answers = talk(
        b"{",
        b"[]",
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params": {"nonsense": 1}}',
        b'{"jsonrpc": "2.0", "id": 8, "method": "no/such"}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": 7}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///not/open.go"}}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": '
        b'{"uri": "::", "languageId": "go", "version": 1, "text": "package p"}}}',
        b'{"jsonrpc": "2.0", "id": 9, "method": "textDocument/hover", "params": '
        b'{"textDocument": {"uri": "file:///not/open.go"}, "position": {"line": 999999, "character": 999999}}}',
    )
    by_id = {answer["id"]: answer for answer in answers if "id" in answer and "method" not in answer}
    assert "error" in by_id[7] and "error" in by_id[8]
    assert by_id[9].get("result", 0) is None
    assert "error" not in by_id[99]


async def test_check_never_imports_the_server() -> None:
    code = (
        "import sys, golint_maps.cli as cli\n"
        "try:\n    cli.main(['check', sys.argv[1]], standalone_mode=False)\nexcept SystemExit:\n    pass\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('pygls', 'lsprotocol')]\n"
        "assert 'golint_maps.lsp' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], check=True, capture_output=True)


async def test_it_serves_on_a_port() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([*SERVER, "--tcp", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except OSError:
                await asyncio.sleep(0.1)
        else:
            raise AssertionError("nobody listens")
        params = {"processId": None, "rootUri": None, "capabilities": {}}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}).encode()
        writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        assert b"Content-Length" in answer
        writer.close()
        await writer.wait_closed()
        await asyncio.to_thread(process.wait, 60)
    finally:
        process.kill()
        process.wait()


async def test_an_address_that_makes_no_sense_is_refused() -> None:
    done = subprocess.run([*SERVER, "--tcp", "nowhere"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 2 and "is not HOST:PORT" in done.stderr
