"""The analysis on executors that share nothing with this process, among them a Dask cluster that loses a worker."""

from __future__ import annotations

import dataclasses
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from golint_maps.cli import main
from golint_maps.engine import run
from golint_maps.engine.outcome import Report
from golint_maps.engine.store import Store
from golint_maps.project.config import Settings

PACKAGES = 24


@pytest.fixture
def tree(tmp_path) -> Path:
    """A chain of packages, each of which needs to know what those below it declare."""
    (tmp_path / "go.mod").write_text("module m\n\ngo 1.22\n")
    for number in range(PACKAGES):
        folder = tmp_path / f"p{number}"
        folder.mkdir()
        below = f'import "m/p{number - 1}"\n\ntype Table = p{number - 1}.Table\n'
        (folder / "a.go").write_text(
            f"package p{number}\n\n{below if number % 4 else 'type Table map[string]int'}\n\n"
            "type Server struct{ table Table }\n\n"
            "func (s *Server) Run() {\n\tfor {\n\t\tgo func() { s.table[`x`] = 1 }()\n\t}\n}\n"
        )
    return tmp_path


def check(folder: Path, executor: Executor | None = None, cache: Store | None = None) -> Report:
    return run.check([], Settings(), cwd=folder, jobs=1, executor=executor, cache=cache)


def same(one: Report, other: Report) -> None:
    statistics = dataclasses.replace(other.statistics, seconds=one.statistics.seconds)
    assert one == dataclasses.replace(other, statistics=statistics)


class Losing(Executor):
    """Runs what it is given in a thread, and loses some of it, as a cluster does with a worker that dies."""

    def __init__(self, times: int) -> None:
        """Each package is lost so many times."""
        self.pool = ThreadPoolExecutor(2)
        self.times = times
        self.lost: Counter[str] = Counter()

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        package = arguments[0].import_path
        if self.lost[package] < self.times:
            self.lost[package] += 1
            lost: Future[Any] = Future()
            lost.set_exception(RuntimeError("the worker has died"))
            return lost
        return self.pool.submit(fn, *arguments, **named)


def test_any_executor(tree, cache_folder):
    expected = check(tree)
    assert len({reported.finding.location.path for reported in expected.findings}) == PACKAGES
    with ThreadPoolExecutor(2) as threads:
        same(check(tree, threads), expected)
        kept = Store(os.fspath(cache_folder))
        same(check(tree, threads, kept), expected)
    (tree / "p8/a.go").write_text((tree / "p8/a.go").read_text().replace("map[string]int", "map[string]int64"))
    with ThreadPoolExecutor(2) as threads:
        report = check(tree, threads, kept)
    assert report.profile.remembered >= PACKAGES - 4
    same(report, check(tree))
    assert check(tree, None, kept).profile.remembered == PACKAGES


def test_what_is_lost_is_handed_out_again(tree):
    same(check(tree, Losing(1)), check(tree))


def test_what_is_lost_twice_is_named(tree):
    report = check(tree, Losing(2))
    assert len(report.problems) == PACKAGES
    assert "m/p3 was lost: RuntimeError: the worker has died" in {p.path: p.detail for p in report.problems}["p3"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--scheduler", "tcp://x:1"], "add --executor dask"),
        (["--executor", "dask"], "add --scheduler ADDRESS"),
    ],
)
def test_usage(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.fixture
def cluster():
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'golint-maps[dask]'")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as started:
        yield started


def test_a_cluster_that_loses_a_worker(tree, cluster, monkeypatch):
    expected = check(tree)
    from golint_maps.engine.anywhere import dask_executor

    victims = [worker.pid for worker in cluster.workers.values()]
    killed = threading.Event()
    done = []

    def progress(finished: int, total: int) -> None:
        done.append(finished)
        if finished >= 3 and not killed.is_set():
            killed.set()
            os.kill(victims[0], signal.SIGKILL)

    with dask_executor(cluster.scheduler_address) as executor:
        report = run.check([], Settings(), cwd=tree, executor=executor, progress=progress)
    assert killed.is_set() and done[-1] == PACKAGES
    same(report, expected)


def test_the_command_line_on_a_cluster(tree, cluster, monkeypatch):
    monkeypatch.chdir(tree)
    here = CliRunner().invoke(main, ["check", "--no-cache"])
    there = CliRunner().invoke(
        main, ["check", "--no-cache", "--executor", "dask", "--scheduler", cluster.scheduler_address]
    )
    assert there.exit_code == here.exit_code == 1
    assert there.stdout == here.stdout
