"""Lists of subscribers as services and offices write them: CSV, JSON or lines in, rows and their states out.

What a list says of those who left is read, in the columns and words that `subscriber_lists` of `language/data` has: a
state ("unsubscribed", "abgemeldet"), a column that is filled for them ("UNSUB_TIME"), one that says no
("subscribed_to_emails": false).
"""

from __future__ import annotations

import csv
import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from briefing.exceptions import ConfigError
from briefing.fetch.charset import decoded
from briefing.language.tables import languages, table
from briefing.language.words import fold

_KIND: Final = "subscriber_lists"
# Of Windows, the most common first, and one of Unix.
_CODE_PAGES: Final = ("cp1252", "cp1251", "cp1256", "cp1255", "cp1250", "cp1253", "cp1254", "koi8-r")
_HEAD_CHARS = 20_000
_BESIDE: Final = "beside the address"
_MOST_LEVELS = 3  # of JSON, in which the list lies
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_NAMED = re.compile(r"(?P<name>[^<>@;]*)<(?:mailto:)?(?P<address>[^<>]+)>")
_GENDER = re.compile(r"(?<=\w)[(/·:*](?:e|a|as|es|in|s)\)?(?!\w)")  # "abonné(e)", "suscrito/a"
_TOKEN = re.compile(r"[^\s;,]+")
_BETWEEN = re.compile(r"\s*[;,\t]\s*|\s+(?=\S+@)")


class ListRow(NamedTuple):
    """One row: its line, the cell with its address or addresses, its cells by their columns in small letters."""

    line: int
    cell: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SubscriberList:
    """A list as read. `service` is whose export it is, "" where that is not known; `columns` say who left."""

    rows: tuple[ListRow, ...]
    service: str = ""
    columns: tuple[str, ...] = ()
    why_left: Callable[[ListRow], str] = lambda row: ""
    why_unclear: Callable[[ListRow], str] = lambda row: ""


def read_list(text: str, *, name: str, also: str = "") -> SubscriberList:
    """The rows of a list; those that are empty are left out.

    `also` is a column that may stand in for the address. ConfigError, with the list's `name`, where a table has no
    column of addresses.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("[", "{") and (objects := _objects(text)):
        return _table([(number, _flat(one)) for number, one in enumerate(objects, 1)], name, also)
    separator = _SEPARATOR.match(text)
    lines = text.splitlines()
    skipped = 1 if separator else 0
    header = next((line for line in lines[skipped:] if line.strip()), "")
    delimiter = separator[1] if separator else max(",;\t", key=header.count)
    cells = next(iter(csv.reader([header], delimiter=delimiter)), [])
    keys = [_key(cell) for cell in cells]
    is_table = any(_is_called(key, "address") or key == also for key in keys)
    if is_table or (header.count(delimiter) and "@" not in header):
        body = "\n" * skipped + text.partition("\n")[2] if separator else text
        return _table(list(_csv_rows(body, delimiter)), name, also)
    return SubscriberList(tuple(_bare_rows(text)), why_left=_said_beside)


def list_text(data: bytes) -> str:
    """The text of a list. What is no Unicode is in the code page of an office that makes most of its words known."""
    text = decoded(data)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return max((data.decode(page, "replace") for page in _CODE_PAGES), key=_known_words)
    return text


def _known_words(text: str) -> int:
    """How many cells of a list are headings or states that are known."""
    cells = (_key(cell) for cell in re.split(r"[;,\t\n]", text[:_HEAD_CHARS]))
    parts = ("address", "name", "first_name", "last_name", "state", "refusing", "consenting", "stays", "left")
    return sum(any(cell in _words(part) for part in parts) for cell in cells)


def cells_of(row: ListRow, part: str) -> str:
    """The first cell of the row in a column for `part`: "name", "first_name" …; "" where there is none."""
    return next((value for column, value in row.cells.items() if value and _is_called(_key(column), part)), "")


def is_known_column(column: str) -> bool:
    """Whether a column holds an address or a name."""
    return any(_is_called(_key(column), part) for part in ("address", "name", "first_name", "last_name"))


def addresses_in(cell: str) -> Iterator[tuple[str, str]]:
    """Each address that is written in a cell, with the name that stands with it: "Ann <ann@example.org>; bob@…".

    What is no address is given as it stands, for whoever checks it.
    """
    named = list(_NAMED.finditer(cell))
    if named:
        rest = _NAMED.sub(" ; ", cell)
        for match in named:
            yield match["address"].strip(), match["name"].strip(" ,;\t\"'")
        yield from ((part, "") for part in _BETWEEN.split(rest) if part.strip(" ;,"))
        return
    parts = [part for part in _BETWEEN.split(cell.strip()) if part]
    several = len(parts) > 1 and all("@" in part for part in parts)
    yield from ((part, "") for part in (parts if several else [cell.strip()]))


# --- Rows -------------------------------------------------------------------------------------------------------------


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [cell.strip().lower() for cell in cells]
        else:
            row = zip(columns, cells, strict=False)
            yield reader.line_num, {column: cell.strip() for column, cell in row if column}


def _objects(text: str) -> list[dict[str, Any]]:
    """The objects of a JSON list, wherever it lies in the answer of a service."""
    try:
        values = [json.loads(text)]
    except (ValueError, RecursionError):
        return []
    for _ in range(_MOST_LEVELS):
        for value in values:
            if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
                return value
        values = [inner for value in values if isinstance(value, dict) for inner in value.values()]
    return []


def _flat(item: Mapping[str, Any]) -> dict[str, str]:
    """An object as a row: what lies deeper under its own name, all that the objects of a list say together."""
    row = {key.lower(): _cell(value) for key, value in item.items() if not isinstance(value, (dict, list))}
    for key, value in item.items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            inner = {k.lower(): " / ".join(dict.fromkeys(_cell(one.get(k)) for one in value)) for k in value[0]}
            row = {**inner, **row}
        elif isinstance(value, dict):
            inner = {k.lower(): _cell(v) for k, v in value.items() if not isinstance(v, (dict, list))}
            row = {**inner, **row}
        if isinstance(value, (dict, list)):
            row.setdefault(key.lower(), "" if value else "none")
    return row


def _cell(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def _bare_rows(text: str) -> Iterator[ListRow]:
    """A text with an address a line, `#` opens a comment; a line may have a name and a state beside it.

    A line that is a state and nothing else, as in "# Unsubscribed:", is a heading: it holds till the next such line.
    """
    heading = ""
    for number, line in enumerate(text.split("\n"), 1):
        is_comment = line.lstrip().startswith("#")
        if (is_comment or "@" not in line) and (key := _key(line)):
            heading = line.strip(" \t\r#:") if key in _words("left") else ""
        if line.strip() and not is_comment:
            written = [token for token in _TOKEN.findall(line) if "@" in token]
            beside = " ".join(
                _TOKEN.sub(lambda token: "" if "@" in token[0] else token[0], line).strip(" \t\r;,#").split()
            )
            is_one = len(written) == 1 and "<" not in line
            said = " ".join(filter(None, (beside, heading)))
            yield ListRow(number, _bare(written[0]) if is_one else line.strip(), {_BESIDE: said} if said else {})


def _bare(token: str) -> str:
    return token.strip("\"'()[]").removeprefix("mailto:")


def _said_beside(row: ListRow) -> str:
    beside = row.cells.get(_BESIDE, "")
    return beside if _state(beside) == "left" else ""


# --- Columns and states -----------------------------------------------------------------------------------------------


def _table(rows: Sequence[tuple[int, dict[str, str]]], name: str, also: str) -> SubscriberList:
    columns = list(dict.fromkeys(column for _, row in rows for column in row))
    keys = {column: _key(column) for column in columns}
    wanted = [column for column in columns if column == also or _is_called(keys[column], "address")]
    wanted = wanted or _by_content(rows, columns)
    if rows and not wanted:
        raise ConfigError(f"{name}: no column is called address or email (found: {', '.join(columns)})")
    # The cells that hold an address, those of the surest column first.
    wanted.sort(key=lambda column: (column != also, -sum("@" in row.get(column, "") for _, row in rows)))
    found = tuple(ListRow(line, next((row[c] for c in wanted if row.get(c)), ""), row) for line, row in rows)
    values = {c: frozenset(_key(row.get(c, "")) for _, row in rows) - {""} for c in columns if c not in wanted}
    states = [column for column, said in values.items() if _tells_states(keys[column], said)]
    refusing = [column for column in values if column not in states and _refuses(keys[column], values[column])]
    others = [column for column in values if column not in (*states, *refusing)]
    consenting = [column for column in others if _consents(keys[column], values[column])]

    service = _service(frozenset(keys.values()))
    # Mailchimp names its files after the state of all that are in them: "unsubscribed_email_audience_export_….csv".
    of_all = _key(PurePath(name).name).partition(" ")[0] if service == "Mailchimp" else ""

    def why_left(row: ListRow) -> str:
        if of_all in _words("left"):
            return f"the list is called {of_all}"
        for column in states:
            value = row.cells.get(column, "")
            # listmonk asks nobody of such a list to confirm
            is_enough = row.cells.get("optin") == "single" and _key(value) in _words("unconfirmed")
            if _state(value) == "left" and not is_enough:
                return f"{column}: {value}"
        for column in refusing:
            value = row.cells.get(column, "")
            if _key(value) and _key(value) not in _words("no"):
                return f"{column}: {value}"
        for column in consenting:
            value = row.cells.get(column, "")
            if _key(value) in _words("no") or _state(value) == "left":
                return f"{column}: {value}"
        return ""

    def why_unclear(row: ListRow) -> str:
        unclear = (column for column in states if row.cells.get(column) and not _state(row.cells[column]))
        column = next(unclear, "")
        return f"{column}: {row.cells[column]!r} says neither that they get mail nor that they left" if column else ""

    said = tuple(dict.fromkeys((*states, *refusing, *consenting)))
    return SubscriberList(found, service, said, why_left, why_unclear)


def _tells_states(key: str, said: frozenset[str]) -> bool:
    """Whether a column, by its name and all that it says, holds states: "Type" may hold anything."""
    if _is_called(key, "state") or (_pattern("state").search(key) and not set(key.split()) & _words("other_channels")):
        return any(map(_state, said))
    return bool(said & _words("left") & _words("refusing")) and said <= _words("left") | _words("stays")


def _refuses(key: str, said: frozenset[str]) -> bool:
    """Whether a column says who left: it is called so, or has such a word in its name, and is of mail."""
    if set(key.split()) & _words("other_channels"):
        return False
    is_negated = _is_about_mail(key, said) and bool(set(key.split()) & _words("no"))
    return is_negated or _is_called(key, "refusing") or _pattern("refusing").search(key) is not None


def _consents(key: str, said: frozenset[str]) -> bool:
    """Whether a no in a column says that somebody left."""
    return _is_called(key, "consenting") or _is_about_mail(key, said)


def _is_about_mail(key: str, said: frozenset[str]) -> bool:
    """Whether a column says yes or no to mail."""
    is_called = _is_called(key, "state") or bool(set(key.split()) & _words("about"))
    return is_called and bool(said) and said <= _words("yes") | _words("no")


def _by_content(rows: Sequence[tuple[int, Mapping[str, str]]], columns: Sequence[str]) -> list[str]:
    """The one column most of whose cells hold an address, where none is called so."""

    def is_of_addresses(column: str) -> bool:
        filled = [row[column] for _, row in rows if row.get(column)]
        return 2 * sum("@" in cell for cell in filled) > len(filled)

    found = [column for column in columns if is_of_addresses(column)]
    return found if len(found) == 1 else []


def _state(value: str) -> str:
    """ "left", "stays", or "" for what says neither; also with more words around, as in "unsubscribed (2024)"."""
    key = f" {_key(value)} "
    return next((state for state in ("left", "stays") if _pattern(state).search(key)), "")


@cache
def _pattern(part: str) -> re.Pattern[str]:
    words = sorted(_words(part), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _service(keys: frozenset[str]) -> str:
    services = table("mul", _KIND)["services"]
    joined = {key.replace(" ", "") for key in keys}
    return next(
        (
            name
            for name, row in services.items()
            if joined.issuperset(_key(word).replace(" ", "") for word in row.split())
        ),
        "",
    )


@cache
def _words(part: str) -> frozenset[str]:
    """The words of all languages for a part, as they are compared."""
    rows = (table(language, _KIND).get(part, "") for language in languages(_KIND))
    return frozenset(_key(word) for row in rows for word in row.split())


@cache
def _columns(part: str) -> frozenset[str]:
    return frozenset(word.replace(" ", "") for word in _words(part))


def _is_called(key: str, part: str) -> bool:
    """Whether a heading is one of a part, however its words are joined: "emailBlacklisted", "EMAIL_BLACKLISTED"."""
    return key.replace(" ", "") in _columns(part)


@cache
def _key(text: str) -> str:
    """A heading or a state as it is compared: folded, what is no letter or digit as one space."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(_GENDER.sub("", text))).split())
