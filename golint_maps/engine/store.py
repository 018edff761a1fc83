"""Entries on disk under content hashes: what the cache is made of. Entries are data, and are never unpickled.

Several processes may use one folder at a time. An entry is written beside its place and renamed into it, so that readers
see a whole one or none; an entry that is damaged, cut off or of another version is as good as none, and is written anew.
"""
# Paths are plain strings here, since thousands of entries may be asked for in a run.
# ruff: noqa: PTH100, PTH103, PTH105, PTH108, PTH116, PTH118, PTH120, PTH123

from __future__ import annotations

import hashlib
import json
import os
import stat
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from golint_maps.project.regular import open_regular
from golint_maps.record import record

# What `json` takes and gives.
Data = Any

LIMIT = 512 * 1024 * 1024
"""Bytes that a store may hold, unless told otherwise."""

_MAGIC = b"golint-maps cache 1\n"
_DIGEST = 16
_LARGEST = 256 * 1024 * 1024  # bytes of an entry's text
_FULL, _ROOM = 1.0, 0.8  # above the first share of the limit, the oldest entries go until the second is reached
_TOUCH = 24 * 3600.0  # seconds after which the use of an entry is noted
_TRIMMED = 3600.0  # seconds after which it is looked at again how much there is
_ABANDONED = 3600.0  # seconds after which a half-written entry has no writer any more
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of golint-maps.\n"


class StoreError(Exception):
    """A folder that can't serve as a store; its text is one line for people."""


@record(frozen=True, slots=True)
class Usage:
    """What a store holds: the number of entries and their bytes."""

    entries: int
    size: int


def default_folder() -> str:
    """The folder for the cache of this user (absolute)."""
    from platformdirs import user_cache_dir

    return user_cache_dir("golint-maps", appauthor=False)


def digest(data: bytes) -> str:
    """The content hash by which an entry is known (32 hexadecimal digits)."""
    return hashlib.blake2b(data, digest_size=_DIGEST).hexdigest()


def canonical(data: Data) -> bytes:
    """JSON data as bytes, always the same for equal data."""
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()


class Store:
    """A folder of entries. `note` is what people should know about it ("" for nothing), such as why nothing is kept."""

    def __init__(self, folder: str, limit: int = LIMIT) -> None:
        """Open the store in `folder`, which is made where it isn't there; it holds `limit` bytes at the most.

        Raises StoreError where the folder can't be made, or where others than the user could have written to it.
        """
        self.folder = os.path.abspath(folder)
        self.limit = limit
        self.note = ""
        self._written = 0
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            self._check()
        except OSError as error:
            raise StoreError(
                f"no cache in {self.folder}: {_reason(error)} (--cache-dir names another folder, --no-cache does without)"
            ) from None
        self._writable = os.access(self.folder, os.W_OK | os.X_OK)
        if not self._writable:
            self.note = f"the cache in {self.folder} can't be written, so nothing new is remembered"

    def _check(self) -> None:
        if os.name != "posix":  # elsewhere a user's folders are private by inheritance
            return
        status = os.stat(self.folder)
        if status.st_uid != os.geteuid():
            raise StoreError(
                f"no cache in {self.folder}: it belongs to another user (--cache-dir names another folder)"
            )
        if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise StoreError(f"no cache in {self.folder}: other users may write there (chmod go-w, or use --cache-dir)")

    def get(self, key: str) -> Data | None:
        """The data of the entry `key`, or None where there is none that is whole."""
        path = self._path(key)
        try:
            with open_regular(path) as file:
                raw = file.read()
                if time.time() - os.fstat(file.fileno()).st_mtime > _TOUCH:
                    with suppress(OSError):
                        os.utime(path)
        except OSError:
            return None
        start = len(_MAGIC) + _DIGEST
        if (
            not raw.startswith(_MAGIC)
            or hashlib.blake2b(raw[start:], digest_size=_DIGEST).digest() != raw[len(_MAGIC) : start]
        ):
            return None
        try:
            return json.loads(_inflated(raw[start:]))
        except (ValueError, RecursionError, zlib.error, MemoryError):
            return None

    def put(self, key: str, data: Data) -> bool:
        """Keep JSON-able `data` under `key`; whether that was possible. What hinders it is noted once."""
        if not self._writable:
            return False
        payload = zlib.compress(canonical(data), 1)
        path = self._path(key)
        temporary = f"{path}.{os.getpid()}-{threading.get_ident()}.tmp"
        try:
            self._begin(os.path.dirname(path))
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
            with open(descriptor, "wb") as file:
                file.write(_MAGIC + hashlib.blake2b(payload, digest_size=_DIGEST).digest() + payload)
            os.replace(temporary, path)
            self._written += len(payload)
        except FileNotFoundError:  # somebody has cleaned up just now
            return False
        except OSError as error:
            with suppress(OSError):
                os.unlink(temporary)
            self._writable = False
            self.note = f"the cache in {self.folder} can't be written: {_reason(error)}"
            return False
        return True

    def trim(self) -> None:
        """Make room where the limit is exceeded: the entries that were not used for longest go.

        To look takes a while where there are many. So it is done now and then, or when much has been written.
        """
        tag = os.path.join(self.folder, _TAG)
        with suppress(OSError):
            if self._written < self.limit * (_FULL - _ROOM) and 0 <= time.time() - os.stat(tag).st_mtime < _TRIMMED:
                return
            os.utime(tag)
        entries = sorted(self._entries())
        size = sum(one[1] for one in entries)
        if size <= self.limit * _FULL:
            return
        for _, bytes_, path in entries:
            if size <= self.limit * _ROOM:
                break
            with suppress(OSError):
                os.unlink(path)
                size -= bytes_

    def usage(self) -> Usage:
        """Count the entries."""
        sizes = [size for _, size, _ in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def clean(self) -> Usage:
        """Remove all entries, and nothing that is none; what was removed."""
        count = total = 0
        for _, size, path in self._entries(older=0.0):
            with suppress(OSError):
                os.unlink(path)
                count, total = count + 1, total + size
        return Usage(count, total)

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, key[:2], key[2:])

    def _begin(self, folder: str) -> None:
        """Make the folder of an entry; with the first one, tell backup programs and git what the store is."""
        with suppress(FileNotFoundError):
            if not stat.S_ISDIR(os.lstat(folder).st_mode):  # a link may lead anywhere
                raise OSError(f"{folder} is not a folder")
            return
        os.makedirs(folder, mode=0o700, exist_ok=True)
        for name, text in ((_TAG, _TAG_TEXT), (".gitignore", "*\n")):
            with suppress(FileExistsError), open(os.path.join(self.folder, name), "x", encoding="ascii") as file:
                file.write(text)

    def _entries(self, older: float = _ABANDONED) -> Iterator[tuple[float, int, str]]:
        """Time of last use, size and path of each entry, and of half-written ones that are `older` (seconds)."""
        now = time.time()
        for folder in listing(self.folder):
            if len(folder.name) != 2 or not folder.is_dir(follow_symlinks=False):
                continue
            for entry in listing(folder.path):
                with suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    if not entry.name.endswith(".tmp") or now - status.st_mtime >= older:
                        yield status.st_mtime, status.st_size, entry.path


def _inflated(data: bytes) -> bytes:
    """What was compressed; raises ValueError for what is more than an entry can be."""
    whole = zlib.decompressobj()
    text = whole.decompress(data, _LARGEST)
    if not whole.eof:
        raise ValueError("cut off, or too large")
    return text


def listing(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing where nobody may look."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
