"""In CI nothing may be skipped: a missing browser, server or data folder fails there."""

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# An empty database for each test that asks for a `url`, in SQLite and in a real PostgreSQL; a real browser.
pytest_plugins = ("postgres", "chromium")

# A machine's speed decides nothing, and CI finds today what it found yesterday.
settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("steady")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
