"""What a robots.txt allows us (RFC 9309).

Own code, since the maintained parsers cannot be given hostile files: Protego 0.7 multiplies agents by rules (it was
not done with 400 kB after two minutes); `urllib.robotparser` knows neither wildcards nor the longest match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

AGENT: Final = "briefing"
MOST_BYTES: Final = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB
MOST_RULES: Final = 10_000
_KEPT: Final = "/?&=;:@!,'()+*$[]~"


@dataclass(frozen=True, slots=True)
class RobotsRule:
    """A path pattern: `*` stands for anything, `$` at the end for the end; compared with percent-escapes made alike."""

    pattern: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Whether it says something of a path. Each part is searched for once: no backtracking."""
        first, *parts = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        last = parts.pop() if parts and self.pattern.endswith("$") else None
        for part in parts:
            if (found := path.find(part, at)) < 0:
                return False
            at = found + len(part)
        if last is not None:
            return len(path) - len(last) >= at and path.endswith(last)
        return not self.pattern.endswith("$") or at == len(path)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us, the longest first; of two as long the one that allows."""

    rules: tuple[RobotsRule, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be asked for."""
        path = _alike(path)
        return path == "/robots.txt" or next((rule.allows for rule in self.rules if rule.matches(path)), True)


DISALLOW_ALL: Final = Robots((RobotsRule("/", allows=False),))


def robots_from(body: bytes) -> Robots:
    """The group for us, or else the one for everybody; never fails."""
    ours: list[RobotsRule] = []
    everybodys: list[RobotsRule] = []
    agents: set[str] = set()
    is_ours_named = is_in_rules = False
    for name, value in _lines(body):
        if name == "user-agent":
            agents = set() if is_in_rules else agents
            is_in_rules = False
            agents.add(_product(value))
            is_ours_named = is_ours_named or AGENT in agents
        elif name in ("allow", "disallow"):
            is_in_rules = True
            rule = RobotsRule(_alike(value), name == "allow")
            for agent, rules in ((AGENT, ours), ("*", everybodys)):
                if agent in agents and value and len(rules) < MOST_RULES:
                    rules.append(rule)
    chosen = ours if is_ours_named else everybodys
    return Robots(tuple(sorted(chosen, key=lambda rule: (-len(rule.pattern), not rule.allows))))


def _lines(body: bytes) -> list[tuple[str, str]]:
    text = body[:MOST_BYTES].decode("utf-8-sig", errors="replace")
    fields = (line.partition("#")[0].partition(":") for line in re.split(r"[\r\n]+", text))
    return [(name.strip().lower(), value.strip()) for name, colon, value in fields if colon]


def _product(agent: str) -> str:
    """`Briefing/2.0 (…)` names us as `briefing` does."""
    found = re.match(r"\*|[a-z_-]+", agent.lower())
    return found[0] if found else ""


def _alike(path: str) -> str:
    """The same octets in the same escapes (RFC 9309, 2.2.2): what needs none has none; `%2F` and the like stay."""
    parts = re.split(r"(%(?:2[0-9a-cf]|3[abdf]|40|5b|5d))", path, flags=re.IGNORECASE)
    return "".join(
        part.upper() if index % 2 else quote(unquote_to_bytes(part), safe=_KEPT) for index, part in enumerate(parts)
    )
