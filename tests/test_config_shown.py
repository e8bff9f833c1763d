"""What `briefing config` shows of a secret, and which databases are refused."""

import pytest

from briefing.config import effective_settings, settings
from briefing.exceptions import ConfigError
from briefing.workflow.engines import open_store


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://me:p@ss@proxy.example:8080", "http://me:********@proxy.example:8080"),
        ("http://:secret@proxy.example", "http://:********@proxy.example"),
        ("http://token@proxy.example", "http://********@proxy.example"),
        ("http://proxy.example:8080", "http://proxy.example:8080"),
    ],
)
def test_a_password_in_an_address_is_masked(address: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_WORDPRESS_URL", address)
    assert next(one.value for one in effective_settings() if one.variable == "BRIEFING_WORDPRESS_URL") == shown


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true", "sqlite:///file::memory:?uri=true"],
)
def test_a_database_that_forgets_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="in memory"):
        open_store(settings(database_url=url))
