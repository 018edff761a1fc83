"""Open documents as the editor sees them, and the way from URIs to paths and back."""
# Paths are plain strings here, as on the floor that reads them.
# ruff: noqa: PTH118

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from lsprotocol import types
from pygls import uris
from pygls.workspace import TextDocument, Workspace

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


class Document(TextDocument):
    """A document whose lines end where the protocol says, and not at form feeds and the like, as in Python."""

    _split: tuple[str, tuple[str, ...]] | None = None

    @property
    def lines(self) -> Sequence[str]:
        """The lines with their endings."""
        source = self.source
        if self._split is None or self._split[0] is not source:
            self._split = source, tuple(_LINES.findall(source))
        return self._split[1]


class Documents(Workspace):
    """pygls' workspace with our documents."""

    def _create_text_document(
        self,
        doc_uri: str,
        source: str | None = None,
        version: int | None = None,
        language_id: str | None = None,
    ) -> TextDocument:
        return Document(
            doc_uri,
            source=source,
            version=version,
            language_id=language_id,
            sync_kind=self._sync_kind,
            position_codec=self._position_codec,
        )


def is_go(document: types.TextDocumentItem) -> bool:
    """Whether a document is Go code that somebody writes: a file, or one that has no name yet."""
    scheme = urlsplit(document.uri).scheme
    return scheme in ("file", "untitled") and (document.language_id == "go" or document.uri.endswith(".go"))


def path_of(uri: str) -> str:
    """The absolute path behind a URI, with links among its folders resolved; one that can't exist for unsaved documents."""
    if urlsplit(uri).scheme == "file":
        path = uris.to_fs_path(uri)
        if path:
            folder, base = os.path.split(os.path.abspath(path))  # noqa: PTH100
            return os.path.join(os.path.realpath(folder), base)
    name = hashlib.sha256(uri.encode("utf-8", "replace")).hexdigest()[:12]
    return os.path.join(os.path.abspath(os.sep), f"unsaved-{name}", "unsaved.go")  # noqa: PTH100


def uri_of(path: str) -> str:
    """The URI of an absolute path."""
    return Path(path).as_uri()
