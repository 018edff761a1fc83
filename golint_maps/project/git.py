"""Reads commits of a git repository through git's plumbing: nothing is checked out, written, fetched or run.

No hooks, filters, external diffs or monitors of the repository take part, whatever its configuration says.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from golint_maps.record import record

_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.devnull, "--no-pager", "--no-replace-objects")
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
# What git itself sets while it runs a hook, or in a shell that somebody prepared, must not lead elsewhere.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF")


class GitError(Exception):
    """git can't tell; the text says what to do about it."""


@record(frozen=True, slots=True)
class Blob:
    """A regular file of a commit: its path below the root (with `/`) and the id of its content."""

    path: str
    id: str


@record(frozen=True, slots=True)
class Base:
    """The commit to compare with. `note` tells, where it is not the one that was wished for, why not."""

    commit: str
    note: str = ""


class Repository:
    """The git repository that a folder lies in."""

    def __init__(self, folder: Path) -> None:
        """Find it. Raises GitError where there is none, or no git."""
        self.root = folder
        self.root = Path(os.fsdecode(self._run("rev-parse", "--show-toplevel").rstrip(b"\n")))

    def base(self, revision: str) -> Base:
        """The commit where the line of `HEAD` left that of `revision`: their merge base.

        In a shallow clone which doesn't reach back that far it is `revision` itself. Raises GitError, with the command
        that fetches what is missing, for a revision that is not there.
        """
        commit = self._commit(revision)
        bases = self._try("merge-base", commit, "HEAD")
        if bases:
            return Base(bases.split()[0].decode())
        if self._is_shallow():
            return Base(
                commit,
                f"this shallow clone doesn't reach back to where HEAD left {revision}, so {revision} itself is compared "
                "with; `git fetch --unshallow` gives the history",
            )
        raise GitError(f"HEAD and {revision} have no common history; name a revision that HEAD descends from")

    def files(self, commit: str) -> Iterator[Blob]:
        """The regular files of a commit, sorted by path; links and submodules are not among them."""
        for entry in self._run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
            head, tab, path = entry.partition(b"\t")
            if not tab:
                continue
            mode, kind, id_ = head.split()
            if kind == b"blob" and mode != b"120000":
                yield Blob(os.fsdecode(path), id_.decode())

    def read(self, blobs: Iterable[Blob]) -> Iterator[tuple[Blob, bytes]]:
        """The bytes of blobs, as they were committed. Raises GitError where one is missing (in a partial clone)."""
        wanted = list(blobs)
        with tempfile.TemporaryFile() as ids:  # not a pipe: neither side has to wait for the other
            ids.write(b"".join(f"{blob.id}\n".encode() for blob in wanted))
            ids.seek(0)
            with subprocess.Popen(
                self._command("cat-file", "--batch", "--buffer"),
                stdin=ids,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            ) as process:
                assert process.stdout is not None
                for blob in wanted:
                    header = process.stdout.readline().split()
                    if len(header) != 3:
                        process.kill()
                        raise GitError(
                            f"{blob.path} of the older commit is not in this partial clone; "
                            "`git fetch --refetch --no-filter` brings all files"
                        )
                    text = process.stdout.read(int(header[2]) + 1)[:-1]
                    yield blob, text

    def ignored(self, suffix: str) -> Iterator[str]:
        """The paths below the root of files with the `suffix` that git ignores and doesn't know."""
        found = self._run(
            "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", f":(top,glob)**/*{suffix}"
        )
        yield from (os.fsdecode(path) for path in found.split(b"\0") if path)

    def _commit(self, revision: str) -> str:
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found:
            return found.decode().strip()
        if self._is_shallow():
            name = revision.removeprefix("origin/").rstrip("~^0123456789")
            if revision.startswith("origin/"):
                fetch = f"git fetch --depth=1 origin {name}:refs/remotes/origin/{name}"
            elif name.upper() in ("HEAD", "@", ""):
                fetch = "git fetch --deepen=1"
            else:
                fetch = f"git fetch --depth=1 origin {revision}"
            raise GitError(f"this shallow clone doesn't have {revision!r}: fetch it with `{fetch}`")
        raise GitError(
            f"there is no commit {revision!r} in this repository; if it is on the server, `git fetch` it first"
        )

    def _is_shallow(self) -> bool:
        return self._try("rev-parse", "--is-shallow-repository").strip() == b"true"

    def _command(self, *arguments: str) -> list[str]:
        return ["git", *_QUIET, "-C", os.fspath(self.root), *arguments]

    def _run(self, *arguments: str) -> bytes:
        """What a command of git prints. Raises GitError with git's own words."""
        done = self._call(arguments)
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise GitError(words[-1].removeprefix("fatal: ") if words else f"git {arguments[0]} failed")
        return done.stdout

    def _try(self, *arguments: str) -> bytes:
        """What a command of git prints; nothing where it fails."""
        done = self._call(arguments)
        return b"" if done.returncode else done.stdout

    def _call(self, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                self._command(*arguments),
                capture_output=True,
                stdin=subprocess.DEVNULL,
                env=_environment(),
                check=False,
            )
        except OSError as error:
            raise GitError(f"git can't be run: {(error.strerror or str(error)).lower()}; install it") from error


def blob_id(text: bytes, like: str) -> str:
    """The id that git gives to the bytes `text`, by the hash that made the id `like`."""
    make = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return make(b"blob %d\0" % len(text) + text).hexdigest()


def _environment() -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if name not in _FOREIGN}, **_ENVIRONMENT}
