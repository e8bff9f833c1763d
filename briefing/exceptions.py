"""Every error this package raises on purpose, grouped by what the caller does next.

::

    BriefingError
    ├── ConfigError        settings, prompt or template wrong; nothing was attempted
    │   └── DigestError    a finished digest is of the wrong shape; nothing in it is believed
    ├── LoadError          this source failed; the others go on
    │   ├── FetchError     no usable response
    │   ├── ParseError     bytes arrived, but not what the source promised
    │   └── NotAPostError  an item that is no published post; counted, and no failure
    ├── PostError          this post failed; the others go on
    │   ├── EmptyPostError nothing is left after cleaning
    │   └── ReplyError     the model's answer for this post is unusable
    ├── ModelError         the provider is unusable; stop asking
    ├── BudgetError        the cap would be overshot; what is done is kept
    └── DeliveryError      mail could not be handed over
"""

from __future__ import annotations

from typing import Literal


class BriefingError(Exception):
    """The root: catch it to catch everything this package raises on purpose."""


class ConfigError(BriefingError):
    """A setting, prompt or template is wrong; nothing was attempted."""


class DigestError(ConfigError):
    """A finished digest cannot be read, or is of the wrong shape; the message names the field."""


class LoadError(BriefingError):
    """A source, or one item of it, could not be loaded; the others go on."""

    def __init__(self, source: str, cause: str) -> None:
        super().__init__(f"{source}: {cause}")
        self.source = source
        self.cause = cause


class FetchError(LoadError):
    """No usable response came from the source.

    `status` is the HTTP status, where one came. `retry_after` is how many seconds the server asks to be left alone.
    """

    def __init__(self, source: str, cause: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(source, cause)
        self.status = status
        self.retry_after = retry_after


class ParseError(LoadError):
    """Bytes arrived, but they are not what the source promised."""


class NotAPostError(LoadError):
    """An item that is no published post by its own word: `cause` is "status draft", "type page" and the like.

    It is counted, and is no failure. `source` names the item by its place: what is not published keeps its title.
    """


class PostError(BriefingError):
    """One post failed; the others go on."""

    def __init__(self, post: str, cause: str) -> None:
        super().__init__(f"{post}: {cause}")
        self.post = post
        self.cause = cause


class EmptyPostError(PostError):
    """Nothing is left of the post after cleaning."""


class ReplyError(PostError):
    """The model's answer for this post is unusable."""

    def __init__(
        self,
        post: str,
        cause: str,
        *,
        reason: Literal["refused", "truncated", "invalid", "filtered"],
    ) -> None:
        super().__init__(post, cause)
        self.reason = reason


class ModelError(BriefingError):
    """The provider is unusable (key, model name, outage after retries); stop asking."""


class BudgetError(BriefingError):
    """The cap on tokens or money would be overshot; what is done is kept."""


class DeliveryError(BriefingError):
    """Mail could not be handed over; the outbox says who is owed what."""
