from __future__ import annotations

from pathlib import Path

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
