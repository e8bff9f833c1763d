"""The settings: environment (`BRIEFING_…`), then `.env` and `briefing.toml` in the working directory, then defaults."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from briefing.exceptions import ConfigError
from briefing.types import Length


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not an IANA time zone, as Europe/Paris is") from error
    return name


class Settings(BaseSettings):
    """What holds for this run. Frozen; only the command line reads it, and passes plain values down."""

    model_config = SettingsConfigDict(
        env_prefix="BRIEFING_", env_file=".env", toml_file="briefing.toml", extra="ignore", frozen=True
    )

    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    language: str | None = None
    length: Length = "medium"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The first that holds a value wins."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)


def settings() -> Settings:
    """The settings as they hold now. ConfigError names the one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "BRIEFING_" + "_".join(str(part).upper() for part in first["loc"])
        raise ConfigError(f"{name}: {first['msg']}") from error
    except (SettingsError, ValueError) as error:
        raise ConfigError(f"briefing.toml or .env: {error}") from error
