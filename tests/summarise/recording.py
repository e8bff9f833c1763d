"""How cassettes are recorded and matched, for the tests that replay them (cassettes/README.md)."""

import os
import re
from pathlib import Path
from typing import Any

CASSETTES = Path(__file__).parents[2] / "cassettes"
KEPT_HEADERS = {"content-type", "retry-after"}
# A key that stands for a real one: no cassette may hold it.
CANARY = "sk-canary-0123456789abcdef"


def _only_kept(headers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in headers.items() if name.lower() in KEPT_HEADERS}


def _request(request: Any) -> Any:
    request.headers = _only_kept(dict(request.headers))
    return request


def _response(response: dict[str, Any]) -> dict[str, Any]:
    """What an endpoint says of the key is masked before it is written."""
    key = os.environ.get("OPENAI_API_KEY") or CANARY
    body = response["body"]["string"].replace(CANARY.encode(), b"***").replace(key.encode(), b"***")
    return {**response, "headers": _only_kept(response["headers"]), "body": {"string": body}}


CONFIG = {
    "match_on": ["method", "path", "body"],
    "allow_playback_repeats": False,
    "before_record_request": _request,
    "before_record_response": _response,
}


def cassette(module: str, test: str) -> Path:
    """The cassette of a test."""
    return CASSETTES / module / f"{test}.yaml"


def recorded_url(path: Path) -> str | None:
    """The base URL of the endpoint that a cassette was recorded from; None where there is no cassette yet."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(r"^ *uri: (\S+)/chat/completions$", text, re.M)
    return found[1] if found else None
