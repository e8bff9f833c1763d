"""What holds for every test: which are `real`, how properties are explored, and that CI skips nothing."""

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# An empty database for each test that asks for a `url`, in SQLite and in a real PostgreSQL; a real browser.
pytest_plugins = ("postgres", "chromium")

# A machine's speed decides nothing, and what a change breaks is found by the change, not by chance a week later.
# `make fuzz` looks further; what it finds becomes an @example of the test.
steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("steady", steady)
settings.register_profile("fuzz", steady, derandomize=False, max_examples=3000, print_blob=True)
settings.load_profile("steady")

# Each starts a program of its own: a browser, a server, a process that forks. `make check` goes without them.
REAL = frozenset({"browser", "postfix", "postgresql", "pressing", "sending", "wordpress"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a real program as `real`; of the two halves of a `url`, that is PostgreSQL's."""
    for item in items:
        parameters = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if REAL.intersection((*getattr(item, "fixturenames", ()), parameters.get("url"))):
            item.add_marker("real")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing may be skipped, but for want of the folder of real texts where none is named."""
    report = yield
    is_without_data = "BRIEFING_DATA" not in os.environ and "BRIEFING_DATA" in str(report.longrepr)
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail") and not is_without_data:
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
