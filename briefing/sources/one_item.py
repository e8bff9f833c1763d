"""One item of a source that cannot be read costs that item, whatever goes wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from briefing.exceptions import LoadError, ParseError
from briefing.types import Notice, Post

_Item = TypeVar("_Item")
_MOST_SAID = 200


def one_post(read: Callable[[], Post], name: str) -> Post:
    """The post; ParseError, with the item's `name`, for whatever its reading raises. LoadErrors are as they are."""
    try:
        return read()
    except LoadError:
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {str(error)[:_MOST_SAID]}"
        raise ParseError(name, Notice("the parser failed ({error})", error=said)) from error


def each_post(items: Iterable[_Item], read: Callable[[_Item], Post], source: str) -> tuple[list[Post], list[LoadError]]:
    """The posts of the items, and of those that cannot be read the errors, named by their place, from 0."""
    posts: list[Post] = []
    failed: list[LoadError] = []
    for index, item in enumerate(items):
        try:
            posts.append(one_post(lambda item=item: read(item), f"{source}, item {index}"))  # type: ignore[misc]
        except LoadError as error:
            failed.append(error)
    return posts, failed
