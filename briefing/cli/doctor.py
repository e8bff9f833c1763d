"""What `briefing doctor` looks at. Nothing is sent to anybody, nothing is spent unless the model is asked to answer."""

from __future__ import annotations

import asyncio
import difflib
import os
import shutil
import ssl
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from briefing.cli.console import EXIT_OPERATOR, EXIT_USAGE, many
from briefing.config import TOML, EffectiveSetting, Newsletter, Settings
from briefing.exceptions import BriefingError, ConfigError, DeliveryError, FetchError
from briefing.fetch.fetcher import Fetcher, Response
from briefing.model.endpoint import Endpoint, is_private
from briefing.model.response import Trouble
from briefing.model.tokens import count_tokens
from briefing.model.window import Window, not_all_read
from briefing.newsletter.commands import recipients_of, sender_of
from briefing.newsletter.drafts import check_login
from briefing.newsletter.issue_content import newsletter_sources
from briefing.newsletter.mailer import Connection, Server
from briefing.newsletter.schedule import Schedule
from briefing.store import Store
from briefing.store.database import Database, meta
from briefing.store.filesystems import is_on_network
from briefing.types import Source
from briefing.workflow.engines import Provider, open_store, reader_of, writer_of
from briefing.workflow.gathering import is_live, rules_of, source_key

MOST_SKEW: Final = timedelta(seconds=60)
LEAST_FREE_MB: Final = 200
MAIL_CONNECT_SECONDS: Final = 10.0
MORE_CHARS: Final = 256  # of a prompt that is sent once more with some of it behind, to see whether its count grows
MANY_RECIPIENTS: Final = 1000  # from here on providers ask for an unsubscribe link of one click
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One thing looked at: "fix" says what to do, "look" is for a person to see to; `code` is a fix's exit code."""

    state: Literal["ok", "fix", "look"]
    what: str
    said: str
    code: int = EXIT_OPERATOR

    def __str__(self) -> str:
        return f"{self.state}: {self.what}: {self.said}"


def exit_code(findings: Iterable[DoctorFinding]) -> int:
    """0 where nothing is to be fixed."""
    return max((finding.code for finding in findings if finding.state == "fix"), default=0)


def examine_settings(
    settings: Sequence[EffectiveSetting], environment: Iterable[str], env_file: Path
) -> Iterator[DoctorFinding]:
    """Where the settings come from, names in the environment that mean nothing, and keys that others can read."""
    origins = Counter(setting.origin for setting in settings if setting.origin != "default")
    told = ", ".join(f"{number} from {origin}" for origin, number in origins.items()) or "all as by default"
    yield DoctorFinding("ok", "settings", told)
    known = [setting.variable for setting in settings]
    for name in sorted({name.upper() for name in environment} - set(known)):
        if name.startswith("BRIEFING_"):
            near = difflib.get_close_matches(name, known, 1, cutoff=0.85)
            if near:
                yield DoctorFinding("fix", "settings", f"{name} is not a setting; did you mean {near[0]}?", EXIT_USAGE)
            else:
                yield DoctorFinding("look", "settings", f"{name} is set, and is not a setting")
    for setting in settings:
        if setting.value == "********" and setting.origin == TOML:
            yield DoctorFinding(
                "look", "settings", f"{setting.variable} is in {TOML}; it belongs in the environment or .env"
            )
    if env_file.is_file() and _is_open(env_file):
        yield DoctorFinding("fix", "settings", f"{env_file}: others on this machine can read it; chmod 600 {env_file}")


async def examine(settings: Settings, *, clock: Callable[[], datetime], ask: bool) -> list[DoctorFinding]:
    """Everything but where the settings come from; with `ask`, the model is asked for one token, and where it is one of
    one's own, to read a long prompt."""
    seen: list[timedelta] = []
    async with Fetcher(rules_of(settings)) as fetch:
        parts = await asyncio.gather(
            asyncio.to_thread(lambda: list(_database(settings))),
            _model(settings, clock, ask),
            _sources(settings, fetch, clock, seen),
            asyncio.to_thread(lambda: list(_mail(settings))),
            _wordpress(settings, fetch),
            *(_newsletter(newsletter, settings, fetch, clock) for newsletter in settings.newsletters),
        )
    findings = [finding for part in parts for finding in part]
    return [*findings, *_time(settings, clock(), seen), *_by_hand(settings)]


# --- The database ---------------------------------------------------------------------------------------------------


def _database(settings: Settings) -> Iterator[DoctorFinding]:
    try:
        with open_store(settings) as store:
            yield from _state(store)
    except ConfigError as error:
        yield DoctorFinding("fix", "database", str(error), EXIT_USAGE)


def _state(store: Store) -> Iterator[DoctorFinding]:
    database = store.database
    database.write(_write_nothing_new, durably=True)
    told = f"{database.shown}: opens and can be written"
    if database.path is not None:
        with database.reading() as connection:
            wrong = [line for line in connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars() if line != "ok"]
        if wrong:
            yield DoctorFinding(
                "fix", "database", f"{database.shown}: damaged: {wrong[0]}; put a backup back", EXIT_USAGE
            )
        free_mb = shutil.disk_usage(database.path.parent).free // 2**20
        told += f", its integrity check is ok, {free_mb} MB are free"
        yield from _file(database, database.path, free_mb)
    yield DoctorFinding("ok", "database", told)
    yield from _continuity(store)


def _file(database: Database, path: Path, free_mb: int) -> Iterator[DoctorFinding]:
    if free_mb < LEAST_FREE_MB:
        yield DoctorFinding("fix", "database", f"{path}: {free_mb} MB are free on its disk; make room")
    if _is_open(path):
        yield DoctorFinding("fix", "database", f"{path}: others on this machine can read it; chmod 600 {path}")
    if is_on_network(path):
        yield DoctorFinding(
            "look", "database", f"{database.shown}: on a network filesystem; let one machine only use it"
        )


def _write_nothing_new(connection: sa.Connection) -> None:
    connection.execute(sa.update(meta).where(meta.c.name == "database_id").values(value=meta.c.value))


def _continuity(store: Store) -> Iterator[DoctorFinding]:
    verdict = store.continuity().verdict
    if verdict != "same":
        what = "was put back to an earlier state" if verdict == "older" else "was sent from by another machine"
        said = f"it {what}, and may call unsent what was sent; if it is the right one, send once with --force"
        yield DoctorFinding("fix", "database", said)


def _is_open(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


# --- The model ------------------------------------------------------------------------------------------------------


async def _model(settings: Settings, clock: Callable[[], datetime], ask: bool) -> list[DoctorFinding]:
    if settings.engine == "extractive" or (settings.engine == "auto" and not settings.has_model):
        return [DoctorFinding("ok", "model", "none; sentences are selected, not written")]
    if not settings.has_model:
        said = "BRIEFING_ENGINE is model: set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint of your own"
        return [DoctorFinding("fix", "model", said, EXIT_USAGE)]
    found = [await _provider("model", writer_of(settings), settings, clock, ask)]
    if settings.second_reader and reader_of(settings) != writer_of(settings):
        found.append(await _provider("second reader", reader_of(settings), settings, clock, ask))
    return found


async def _provider(
    what: str, provider: Provider, settings: Settings, clock: Callable[[], datetime], ask: bool
) -> DoctorFinding:
    base_url = provider.base_url
    if ask:
        return await _asked(what, provider, settings, clock)
    trouble = await _reached(base_url)
    if trouble:
        return DoctorFinding("fix", what, f"{base_url}: {trouble}")
    return DoctorFinding("ok", what, f"{base_url}: can be reached; --ask tries key and model, for one token")


async def _reached(url: str) -> str:
    """Why no connection to the URL's host comes about; empty where one does. Nothing is said over it."""
    parts = urlsplit(url)
    is_tls = parts.scheme == "https"
    context = ssl.create_default_context() if is_tls else None
    try:
        async with asyncio.timeout(MAIL_CONNECT_SECONDS):
            port = parts.port or (443 if is_tls else 80)
            _, writer = await asyncio.open_connection(parts.hostname, port, ssl=context)
    except TimeoutError:
        return f"no connection within {MAIL_CONNECT_SECONDS:g} s"
    except ConnectionError as error:
        return os.strerror(error.errno) if error.errno else str(error)
    except (OSError, ValueError) as error:
        return " ".join(str(error).split())
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return ""


async def _asked(what: str, provider: Provider, settings: Settings, clock: Callable[[], datetime]) -> DoctorFinding:
    """Whether the model answers, be it with the one token that it may; one of one's own, whether it reads enough."""
    try:
        endpoint = Endpoint(base_url=provider.base_url, api_key=provider.api_key, now=clock)
    except ConfigError as error:
        return DoctorFinding("fix", what, f"{provider.base_url}: {error}")
    call = _OneToken(endpoint, provider.model, settings.deadline_seconds)
    try:
        refused = await call.refused(".")
        if refused is not None and refused.kind == "rejected" and "max_completion_tokens" in refused.detail:
            call.limit = "max_tokens"
            refused = await call.refused(".")
        # A model that thinks first may say that one token is not enough for an answer: it was reached all the same.
        if refused is not None and "could not finish" not in refused.detail:
            return DoctorFinding("fix", what, f"{provider.base_url}: {refused.cause}")
        answers = f"{provider.base_url}: {provider.model} answers"
        if refused is not None or not is_private(provider.base_url):  # others say what is too long for them
            return DoctorFinding("ok", what, answers)
        return await _read_by(call, settings.input_tokens, what, answers)
    finally:
        await endpoint.aclose()


@dataclass(slots=True)
class _OneToken:
    """A call for one token of answer; `read` is what the server says that it read of the last one."""

    endpoint: Endpoint
    model: str
    seconds: float
    limit: str = "max_completion_tokens"
    read: int | None = None

    async def refused(self, text: str) -> Trouble | None:
        """Why there is no answer, if there is none."""
        body = {"model": self.model, "messages": [{"role": "user", "content": text}], self.limit: 1}
        try:
            completion = await self.endpoint.complete(body, within_seconds=self.seconds)
        except Trouble as trouble:
            return trouble
        self.read = completion.usage.input_tokens if completion.usage else None
        return None


async def _read_by(call: _OneToken, input_tokens: int, what: str, answers: str) -> DoctorFinding:
    """Whether the server reads as long a prompt as it will be sent: some cut it, and answer all the same."""
    unknown = DoctorFinding("look", what, f"{answers}; it does not report what it reads, look at its context window")
    if not call.read:
        return unknown
    window, text = Window(), "".join(f"[{n}] The harbour counted {n} ships.\n" for n in range(input_tokens // 11))
    sent = count_tokens(text)
    refused = await call.refused(text)
    read = call.read or 0
    seen = window.judge("latin", sent, read)
    if refused is None and seen == "doubtful":
        more = text[-MORE_CHARS:]
        if await call.refused(text + more) is None:
            seen = window.settle("latin", sent, read, count_tokens(more), call.read)
    lower = "or lower BRIEFING_INPUT_TOKENS"
    if refused is not None:
        return DoctorFinding("look", what, f"{answers}, but not to {sent} tokens: {refused.cause}; {lower}")
    if seen == "cut":
        return DoctorFinding("fix", what, f"{answers}, but {not_all_read(sent, read)}, {lower}")
    if seen == "whole":
        return DoctorFinding("ok", what, f"{answers}, and reads {sent} tokens")
    return unknown


# --- What is read ---------------------------------------------------------------------------------------------------


async def _sources(
    settings: Settings, fetch: Fetcher, clock: Callable[[], datetime], seen: list[timedelta]
) -> list[DoctorFinding]:
    """Each source asked for its address alone, once; what clocks the servers have goes into `seen`."""
    if not settings.sources:
        return [DoctorFinding("look", "sources", f"none in {TOML}; `briefing init ADDRESS...` writes them into one")]

    left_alone = _left_alone(settings, clock())

    async def one(source: Source) -> str:
        if source_key(source) in left_alone:
            return left_alone[source_key(source)]
        if not is_live(source):
            return "" if source.address == "-" or Path(source.address).exists() else "there is no such file or folder"
        try:
            response = await fetch.get(source.address, source=source.name)
        except FetchError as error:
            return error.cause
        seen.extend(_skew(response, clock()))
        return ""

    whys = await asyncio.gather(*map(one, settings.sources))
    wrong = [(source, why) for source, why in zip(settings.sources, whys, strict=True) if why]
    findings = [DoctorFinding("fix", f"source {source.name}", f"{source.address}: {why}") for source, why in wrong]
    if len(wrong) < len(settings.sources):
        told = f"{len(settings.sources) - len(wrong)} of {len(settings.sources)} answer; `briefing sources` reads them"
        findings.append(DoctorFinding("ok", "sources", told))
    return findings


def _left_alone(settings: Settings, now: datetime) -> dict[str, str]:
    """The sources that asked to be left alone, by their keys, and why."""
    try:
        with open_store(settings) as store:
            states = store.sources()
    except ConfigError:  # told where the database is looked at
        return {}
    gone = {
        state.address: "it was gone for good (410); remove it, or give its new address"
        for state in states
        if state.is_gone
    }
    waits = {
        state.address: f"it asked to be left alone until {state.not_before:%Y-%m-%d %H:%M} UTC"
        for state in states
        if state.not_before and state.not_before > now
    }
    return waits | gone


def _skew(response: Response, now: datetime) -> Iterator[timedelta]:
    """How far this machine's clock is ahead of the one that made the response, where that says."""
    with suppress(ValueError, TypeError, OverflowError):
        made = parsedate_to_datetime(response.headers["date"]) if "date" in response.headers else None
        if made is not None:
            age = timedelta(seconds=int(response.headers.get("age", "0")))
            yield now - made.replace(tzinfo=made.tzinfo or UTC) - age


def _time(settings: Settings, now: datetime, seen: Sequence[timedelta]) -> Iterator[DoctorFinding]:
    """A clock is right that agrees with one other; caches and servers are wrong often enough."""
    there = f"{now.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M %Z} in {settings.timezone}"
    if not seen:
        yield DoctorFinding("look", "clock", f"{there}; no web server was asked to compare it with")
        return
    skew = min(seen, key=abs)
    if abs(skew) > MOST_SKEW:
        side = "ahead of" if skew > timedelta() else "behind"
        said = f"{abs(skew).total_seconds():.0f} s {side} every web server asked; set it (timedatectl set-ntp true)"
        yield DoctorFinding("fix", "clock", said)
    else:
        yield DoctorFinding("ok", "clock", f"{there}; it agrees with {many(len(seen), 'web server')}")


# --- What is sent ---------------------------------------------------------------------------------------------------


def server_of(settings: Settings) -> Server | None:
    """The mail server of the settings."""
    if settings.smtp_host is None:
        return None
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
    user = settings.smtp_user or ""
    return Server(settings.smtp_host, settings.smtp_port, settings.smtp_security, user, password, settings.smtp_ca_file)


def _mail(settings: Settings) -> Iterator[DoctorFinding]:
    """Connect, EHLO, TLS, AUTH, QUIT."""
    try:
        server = server_of(settings)
        if server is None:
            if settings.newsletters:
                said = f"no BRIEFING_SMTP_HOST; mail is written to {settings.outbox}/ as .eml files"
                yield DoctorFinding("look", "mail server", said)
            return
        if server.security == "none" and server.host not in _LOOPBACK:
            said = f"{server}: mail would travel unencrypted; set BRIEFING_SMTP_SECURITY to starttls or tls"
            yield DoctorFinding("fix", "mail server", said, EXIT_USAGE)
        connection = Connection(replace(server, connect_seconds=MAIL_CONNECT_SECONDS))
        most_octets = connection.most_octets
        connection.close()
    except ConfigError as error:
        yield DoctorFinding("fix", "mail server", str(error), EXIT_USAGE)
    except DeliveryError as error:
        yield DoctorFinding("fix", "mail server", f"{error}{_mail_hint(error)}")
    else:
        how = "in the clear" if server.security == "none" else "by verified TLS"
        login = f"logged in as {server.user}" if server.user else "without a login"
        size = f", takes up to {most_octets} octets" if most_octets else ""
        yield DoctorFinding("ok", "mail server", f"{server}: {how}, {login}{size}; nothing was sent")


def _mail_hint(error: DeliveryError) -> str:
    if isinstance(error.__cause__, ssl.SSLCertVerificationError):
        return "; where its authority is your own, name its file in BRIEFING_SMTP_CA_FILE"
    if "login refused" in str(error):
        return "; look at BRIEFING_SMTP_USER and BRIEFING_SMTP_PASSWORD"
    return "; look at BRIEFING_SMTP_HOST, BRIEFING_SMTP_PORT and BRIEFING_SMTP_SECURITY"


async def _wordpress(settings: Settings, fetch: Fetcher) -> list[DoctorFinding]:
    given = (settings.wordpress_url, settings.wordpress_user, settings.wordpress_password)
    wanted = [newsletter.name for newsletter in settings.newsletters if "wordpress" in newsletter.channels]
    if not any(given) and not wanted:
        return []
    site, user, password = given
    if not (site and user and password):
        names = zip(("URL", "USER", "PASSWORD"), given, strict=True)
        missing = [f"BRIEFING_WORDPRESS_{name}" for name, value in names if not value]
        return [DoctorFinding("fix", "WordPress", f"drafts need {' and '.join(missing)}", EXIT_USAGE)]
    try:
        await check_login(site, user=user, password=password.get_secret_value(), fetch=fetch)
    except BriefingError as error:
        return [
            DoctorFinding(
                "fix", "WordPress", str(error), EXIT_USAGE if isinstance(error, ConfigError) else EXIT_OPERATOR
            )
        ]
    return [DoctorFinding("ok", "WordPress", f"{site}: {user} may write drafts; none was written")]


async def _newsletter(
    newsletter: Newsletter, settings: Settings, fetch: Fetcher, clock: Callable[[], datetime]
) -> list[DoctorFinding]:
    what = f"newsletter {newsletter.name}"
    findings = [*_audience(newsletter, what), *_identity(newsletter, what)]
    try:
        newsletter_sources(newsletter, settings)
    except ConfigError as error:
        findings.append(DoctorFinding("fix", what, str(error).partition(": ")[2], EXIT_USAGE))
    if newsletter.unsubscribe_url.startswith("https://"):
        findings.append(await _one_click(newsletter, what, fetch))
    return [*findings, DoctorFinding("ok", what, _when(newsletter, settings, clock()))]


def _audience(newsletter: Newsletter, what: str) -> Iterator[DoctorFinding]:
    if not {"mail", "eml"} & set(newsletter.channels):
        return
    if newsletter.recipients is None:
        yield DoctorFinding("fix", what, "recipients is not set; name a CSV or text file", EXIT_USAGE)
        return
    try:
        found = recipients_of(newsletter.recipients)
    except ConfigError as error:
        yield DoctorFinding("fix", what, str(error), EXIT_USAGE)
        return
    number, told = len(found.accepted), f"{newsletter.recipients}: {found.told}"
    yield DoctorFinding("ok" if number else "fix", what, told if number else f"{told}; nobody gets mail", EXIT_USAGE)
    if found.rejected:
        first = found.rejected[0]
        said = f"{newsletter.recipients}: {many(len(found.rejected), 'line')} rejected; line {first.line}: {first.why}"
        yield DoctorFinding("fix", what, said)
    if number >= MANY_RECIPIENTS and not newsletter.unsubscribe_url:
        said = f"{number} recipients and no unsubscribe_url: Gmail and Yahoo ask bulk senders for one click"
        yield DoctorFinding("look", what, said)


def _identity(newsletter: Newsletter, what: str) -> Iterator[DoctorFinding]:
    if not {"mail", "eml"} & set(newsletter.channels):
        return
    try:
        sender = sender_of(newsletter)
    except ConfigError as error:
        yield DoctorFinding("fix", what, str(error), EXIT_USAGE)
        return
    way_out = "one click at " + sender.unsubscribe_url if sender.unsubscribe_url else "by mail to "
    if not sender.unsubscribe_url:
        way_out += sender.unsubscribe_mail or sender.reply_to or sender.address
    said = f"from {sender.address}, replies to {sender.reply_to or sender.address}, unsubscribing {way_out}"
    yield DoctorFinding("ok", what, said)
    if not newsletter.organisation:
        yield DoctorFinding("fix", what, "organisation is not set: who sends it, with a postal address", EXIT_USAGE)


async def _one_click(newsletter: Newsletter, what: str, fetch: Fetcher) -> DoctorFinding:
    """Asked without a token: any page will do, and nobody is unsubscribed by a GET."""
    url = newsletter.unsubscribe_url
    try:
        await fetch.get(url, source=url, expect_status=range(200, 500))
    except FetchError as error:
        return DoctorFinding("fix", what, f"unsubscribe_url: {error}")
    return DoctorFinding("ok", what, f"{url} answers")


def _when(newsletter: Newsletter, settings: Settings, now: datetime) -> str:
    """When its next issue is due."""
    if newsletter.schedule is None:
        return "no schedule; it is built by hand"
    zone = ZoneInfo(newsletter.timezone or settings.timezone)
    schedule, today = Schedule(newsletter.schedule, zone), now.astimezone(zone).date()
    coming = (due for due in schedule.between(today, today + timedelta(days=366)) if due.at > now)
    due = next(coming, None)
    return f"next due {due.at.astimezone(zone):%Y-%m-%d %H:%M %Z}" if due else "not due within a year"


def _by_hand(settings: Settings) -> Iterator[DoctorFinding]:
    """What nobody can see from here."""
    if settings.smtp_host is None:
        return
    domains = set()
    for newsletter in settings.newsletters:
        with suppress(ConfigError):
            domains.add(sender_of(newsletter).domain)
    for domain in sorted(domains):
        spf = f'a TXT record "v=spf1 ..." names the server that sends for {domain}'
        yield DoctorFinding("look", "SPF", f"{spf} (or for the domain of bounces)")
        yield DoctorFinding("look", "DKIM", f"the server signs with d={domain}, and covers List-Unsubscribe and -Post")
        yield DoctorFinding(
            "look", "DMARC", f'a TXT record "v=DMARC1; ..." at _dmarc.{domain}; SPF or DKIM is aligned to it'
        )
    if domains:
        yield DoctorFinding(
            "look", "PTR", "the address that the server sends from has a name, and that name the address"
        )
