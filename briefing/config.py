"""The settings: environment, then `.env` and `briefing.toml` in the working directory, then defaults.

The only reader of the environment. `OPENAI_API_KEY` and `OPENAI_BASE_URL` are named as people have them, everything
else begins with `BRIEFING_`; in `briefing.toml` the names are those of the fields, in lower case, and sources,
questions and newsletters are tables: `[[sources]]`, `[[questions]]`, `[[newsletters]]`.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from briefing.exceptions import ConfigError
from briefing.sources.registry import KINDS
from briefing.types import EngineChoice, Length, Requirement, Source, encodable

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


def source_name(address: str) -> str:
    """What a source is called that was given no name: its host and path, as in "example.org/en", or its file name."""
    if not address.startswith(("http://", "https://")):
        return "standard input" if address == "-" else encodable(Path(address).name or address)
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # "http://[", which the fetcher refuses by its own words
        return encodable(address)
    return encodable((parts.hostname or address).removeprefix("www.") + port + parts.path.rstrip("/"))


def _named(value: object) -> object:
    """A source that is given as an address only, and one without a name."""
    if isinstance(value, str):
        value = {"address": value}
    if isinstance(value, dict) and isinstance(value.get("address"), str):
        lists = ("categories", "tags", "include", "exclude")
        words = {name: (value[name],) for name in lists if isinstance(value.get(name), str)}
        return {"name": source_name(value["address"])} | value | words
    return value


def _of_known_kind(source: Source) -> Source:
    if source.kind is not None and source.kind not in KINDS:
        raise ValueError(f"{source.kind!r} is no kind of source; there are {', '.join(KINDS)}")
    return source


def _question(value: object) -> object:
    text = value["text"] if isinstance(value, dict) and "text" in value else value
    return encodable(text) if isinstance(text, str) else text


def _parts(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _cron(expression: str) -> str:
    from datetime import UTC, datetime

    from cronsim import CronSim, CronSimError

    wrong = f"{expression!r} is not a cron expression of five fields, as 0 7 * * 1-5 is"
    if len(expression.split()) != 5:
        raise ValueError(wrong)
    try:
        next(CronSim(expression, datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration) as error:
        raise ValueError(wrong) from error
    return expression


_Zone = Annotated[str, AfterValidator(_known_zone)]
_Tag = Annotated[str, AfterValidator(_language_tag)]
_Cron = Annotated[str, AfterValidator(_cron)]


class Newsletter(BaseModel):
    """One `[[newsletters]]` table: what it is made of, when, for whom, and whether a person must approve it.

    `sources` are names or addresses of the desk's (none given: all of them), `questions` are its own, else the desk's.
    `subject` and `preheader` may hold {title}, {date} and {headline}. `schedule` is a cron expression in `timezone`.
    An issue that is more than `most_late_hours` late is not sent any more; it is built `build_ahead_minutes` early.
    `bounces` is the address that failures come back to, with a tag for each message (`bounces+tag@…`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    title: str = ""
    subject: str = "{title}: {headline}"
    preheader: str = ""
    sources: tuple[str, ...] = ()
    questions: Annotated[tuple[Annotated[str, BeforeValidator(_question)], ...], Field()] = ()
    schedule: _Cron | None = None
    timezone: _Zone | None = None
    language: _Tag | None = None
    length: Length | None = None
    require: Requirement | None = None
    sender: Annotated[str, Field(alias="from")] = ""
    reply_to: str = ""
    bounces: str = ""
    recipients: Path | None = None
    templates: Path | None = None
    channels: tuple[Literal["mail", "eml", "html", "wordpress"], ...] = ("mail",)
    approval: bool = True
    when_empty: Literal["skip", "say"] = "skip"
    most_late_hours: Annotated[float, Field(gt=0)] = 6.0
    build_ahead_minutes: Annotated[int, Field(ge=0)] = 60
    organisation: str = ""
    unsubscribe_mail: str = ""
    unsubscribe_url: str = ""
    archive_url: str = ""


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
    require: Requirement = "any"
    second_reader: bool = True
    second_reader_model: Annotated[str | None, _Optional] = None
    second_reader_url: Annotated[str | None, _Optional] = None
    second_reader_key: Annotated[SecretStr | None, _Optional] = None
    prompts: Annotated[Annotated[Path, AfterValidator(_folder)] | None, _Optional] = None
    input_tokens: Annotated[int, Field(ge=500)] = 24_000
    max_output_tokens: Annotated[int, Field(ge=100)] = 6_000
    deadline_seconds: Annotated[float, Field(gt=0)] = 120.0
    most_at_once: Annotated[int, Field(ge=1)] = 50
    max_usd: Annotated[Annotated[Decimal, Field(ge=0)] | None, _Optional] = None
    max_tokens: Annotated[Annotated[int, Field(ge=0)] | None, _Optional] = None
    database_url: Annotated[SecretStr | None, _Optional] = None
    sources: tuple[Annotated[Source, BeforeValidator(_named), AfterValidator(_of_known_kind)], ...] = ()
    questions: tuple[Annotated[str, BeforeValidator(_question)], ...] = ()
    newsletters: tuple[Newsletter, ...] = ()
    templates: Annotated[Annotated[Path, AfterValidator(_folder)] | None, _Optional] = None
    images: bool = False
    contact: str = ""
    allow_private_hosts: Annotated[frozenset[str], NoDecode, BeforeValidator(_parts)] = frozenset()
    fetch_seconds: Annotated[float, Field(gt=0)] = 30.0
    pause_seconds: Annotated[Annotated[float, Field(ge=0)] | None, _Optional] = None
    poll_minutes: Annotated[int, Field(ge=0)] = 60
    proxy: Annotated[SecretStr | None, _Optional] = None
    most_stories: Annotated[int, Field(ge=1)] = 7
    smtp_host: Annotated[str | None, _Optional] = None
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: Annotated[str | None, _Optional] = None
    smtp_password: Annotated[SecretStr | None, _Optional] = None
    smtp_ca_file: Annotated[Path | None, _Optional] = None
    smtp_connections: Annotated[int, Field(ge=1, le=20)] = 2
    smtp_per_second: Annotated[Annotated[float, Field(gt=0)] | None, _Optional] = None
    wordpress_url: Annotated[str | None, _Optional] = None
    wordpress_user: Annotated[str | None, _Optional] = None
    wordpress_password: Annotated[SecretStr | None, _Optional] = None
    unsubscribe_secret: Annotated[SecretStr | None, _Optional] = None
    outbox: Path = Path("outbox")

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
        raise ConfigError(f"{_place(first['loc'])}: {first['msg'].removeprefix('Value error, ')}") from error
    except (SettingsError, ValueError) as error:
        raise ConfigError(f"{TOML} or .env: {error}") from error


_TABLES: Mapping[str, Iterable[str]] = {
    "sources": [field.name for field in fields(Source)],
    "questions": ["text"],
    "newsletters": [field.alias or name for name, field in Newsletter.model_fields.items()],
}


def _place(location: tuple[int | str, ...]) -> str:
    """Where a setting is wrong: its variable, or the table it stands in."""
    name = str(location[0])
    if name not in _TABLES or len(location) < 2:
        return _variable(name)
    rest = [str(part) for part in location[2:] if not isinstance(part, int)]
    return f"{TOML}: [[{name}]] {int(location[1]) + 1}" + (f": {'.'.join(rest)}" if rest else "")


def _refuse_unknown() -> None:
    """A name in `briefing.toml` that is none of ours is a slip, and would be a setting that silently does nothing."""
    try:
        found = tomllib.loads(Path(TOML).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise ConfigError(f"{TOML}: {error}") from error
    _refuse(found, Settings.model_fields, TOML)
    for name, known in _TABLES.items():
        tables = found.get(name)
        for number, table in enumerate(tables if isinstance(tables, list) else [], 1):
            if isinstance(table, dict):
                _refuse(table, known, f"{TOML}: [[{name}]] {number}")


def _refuse(given: Iterable[str], known: Iterable[str], where: str) -> None:
    known = list(known)
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"
            raise ConfigError(f"{where}: {name!r} is not a setting{hint}")


def _variable(field: str) -> str:
    name = field.upper()
    return name if name.startswith("OPENAI_") else f"BRIEFING_{name.removeprefix('BRIEFING_')}"


def names_given() -> list[str]:
    """What is set in the environment and in `.env`, settings or not, in lower case."""
    return [*EnvSettingsSource(Settings).env_vars, *DotEnvSettingsSource(Settings).env_vars]


def editor() -> str | None:
    """The command that the environment names for editing a text."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR")


@dataclass(frozen=True, slots=True)
class EffectiveSetting:
    """One setting as it holds: its variable, its value (keys masked) and where it comes from."""

    variable: str
    value: str
    origin: str


def effective_settings() -> list[EffectiveSetting]:
    """Every setting, for `briefing config`."""
    now = settings()
    origins = {
        "environment": EnvSettingsSource(Settings)(),
        ".env": DotEnvSettingsSource(Settings)(),
        TOML: TomlConfigSettingsSource(Settings)(),
    }
    return [
        EffectiveSetting(_variable(name), _shown(getattr(now, name)), _origin(name, origins))
        for name in Settings.model_fields
    ]


def _origin(field: str, origins: dict[str, dict[str, Any]]) -> str:
    names = {field, _variable(field), _variable(field).lower()}
    return next((origin for origin, values in origins.items() if names & values.keys()), "default")


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "********"
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(_masked(str(getattr(item, "name", item))) for item in value))
    return "" if value is None else _masked(str(value))


def _masked(value: str) -> str:
    """The value with the password of an address in it masked: of everything between "://" and the last "@"."""
    return _PASSWORD.sub(r"\1********@", value)


# As browsers and libraries read it: a user name ends at the first ":", the password at the last "@" before a slash.
_PASSWORD = re.compile(r"(//(?:[^/?#\s:@]*:)?)[^/?#\s]+@")
