"""The settings: environment, then `.env` and `briefing.toml` in the working directory, then defaults.

The only reader of the environment. `OPENAI_API_KEY` and `OPENAI_BASE_URL` are named as people have them, everything
else begins with `BRIEFING_`; in `briefing.toml` the names are those of the fields, in lower case.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from briefing.exceptions import ConfigError
from briefing.types import EngineChoice, Length

TOML = "briefing.toml"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not an IANA time zone, as Europe/Paris is") from error
    return name


def _language_tag(tag: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", tag):
        raise ValueError(f"{tag!r} is not a language, as fr or pt-BR is")
    return tag.replace("_", "-")


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError(f"{path}: there is no such folder")
    return path


def _nothing_if_empty(value: object) -> object:
    """People clear a variable by leaving it empty."""
    return None if isinstance(value, str) and not value.strip() else value


def _as_people_have_it(name: str) -> Any:
    return Field(default=None, validation_alias=AliasChoices(name.upper(), name))


_Optional = BeforeValidator(_nothing_if_empty)


class Settings(BaseSettings):
    """What holds for this run. Frozen; plain values are passed down from it."""

    model_config = SettingsConfigDict(
        env_prefix="BRIEFING_",
        env_file=".env",
        toml_file=TOML,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    language: Annotated[Annotated[str, AfterValidator(_language_tag)] | None, _Optional] = None
    length: Length = "medium"
    reader: str = ""
    house_style: str = ""
    engine: EngineChoice = "auto"
    openai_api_key: Annotated[SecretStr | None, _Optional] = _as_people_have_it("openai_api_key")
    openai_base_url: Annotated[str | None, _Optional] = _as_people_have_it("openai_base_url")
    model: str = "gpt-5.4-mini"
    temperature: Annotated[float | None, _Optional] = None
    second_reader: bool = False
    prompts: Annotated[Annotated[Path, AfterValidator(_folder)] | None, _Optional] = None
    input_tokens: Annotated[int, Field(ge=500)] = 24_000
    max_output_tokens: Annotated[int, Field(ge=100)] = 6_000
    deadline_seconds: Annotated[float, Field(gt=0)] = 120.0
    most_at_once: Annotated[int, Field(ge=1)] = 50
    max_usd: Annotated[Annotated[Decimal, Field(ge=0)] | None, _Optional] = None
    max_tokens: Annotated[Annotated[int, Field(ge=0)] | None, _Optional] = None
    database_url: Annotated[SecretStr | None, _Optional] = None

    @property
    def has_model(self) -> bool:
        """Whether a key or an endpoint is set, so that "auto" means the model."""
        return self.openai_api_key is not None or self.openai_base_url is not None

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


def settings(**given: Any) -> Settings:
    """The settings as they hold now; what is `given` and not None wins. ConfigError names the one that is wrong."""
    _refuse_unknown()
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"{_variable(str(first['loc'][0]))}: {first['msg'].removeprefix('Value error, ')}") from error
    except (SettingsError, ValueError) as error:
        raise ConfigError(f"{TOML} or .env: {error}") from error


def _refuse_unknown() -> None:
    """A name in `briefing.toml` that is none of ours is a slip, and would be a setting that silently does nothing."""
    try:
        found = tomllib.loads(Path(TOML).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise ConfigError(f"{TOML}: {error}") from error
    for name in found.keys() - Settings.model_fields.keys():
        near = difflib.get_close_matches(name, Settings.model_fields, 1)
        raise ConfigError(f"{TOML}: {name!r} is not a setting" + (f"; did you mean {near[0]!r}?" if near else ""))


def _variable(field: str) -> str:
    name = field.upper()
    return name if name.startswith("OPENAI_") else f"BRIEFING_{name.removeprefix('BRIEFING_')}"


@dataclass(frozen=True, slots=True)
class Held:
    """One setting as it holds: its variable, its value (keys masked) and where it comes from."""

    variable: str
    value: str
    origin: str


def held() -> list[Held]:
    """Every setting, for `briefing config`."""
    now = settings()
    origins = {
        "environment": EnvSettingsSource(Settings)(),
        ".env": DotEnvSettingsSource(Settings)(),
        TOML: TomlConfigSettingsSource(Settings)(),
    }
    return [Held(_variable(name), _shown(getattr(now, name)), _origin(name, origins)) for name in Settings.model_fields]


def _origin(field: str, origins: dict[str, dict[str, Any]]) -> str:
    names = {field, _variable(field), _variable(field).lower()}
    return next((origin for origin, values in origins.items() if names & values.keys()), "default")


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "********"
    return "" if value is None else str(value)
