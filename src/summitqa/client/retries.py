"""When a call that failed is sent again. Sends nothing, and waits for nothing."""

from __future__ import annotations

import email.utils
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

BACK_OFF_S = 0.2
"""Wait before the first new attempt; doubled for each further one."""

MAX_WAIT_S = 30.0
"""Longest wait, whatever the server asks for."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a call is sent again after a 503 or a lost connection; nothing else is tried again.

    Attributes:
        n: new attempts at most, 0 or more.
    """

    n: int

    def __post_init__(self) -> None:
        if self.n < 0:
            raise ValueError(f"retries is 0 or more, not {self.n}")

    def after_error(self, attempt: int, error: httpx.TransportError) -> float | None:
        """Return the seconds to wait after *attempt*, counted from 0, failed with *error*; ``None`` to give up."""
        is_final = attempt >= self.n or isinstance(error, httpx.TimeoutException)
        return None if is_final else wait_s(attempt, None)

    def after_response(self, attempt: int, response: httpx.Response) -> float | None:
        """Return the seconds to wait after *attempt*, counted from 0, gave *response*; ``None`` to take it as it is."""
        is_final = attempt >= self.n or response.status_code != httpx.codes.SERVICE_UNAVAILABLE
        return None if is_final else wait_s(attempt, response.headers.get("retry-after"))


def wait_s(attempt: int, retry_after: str | None) -> float:
    """Return the seconds to wait after the failed *attempt*, counted from 0.

    The server's Retry-After (RFC 9110, 10.2.3: seconds or a date) goes first, back-off by doubling is the default.
    """
    asked = _seconds_of(retry_after.strip()) if retry_after else None
    return min(MAX_WAIT_S, BACK_OFF_S * 2**attempt if asked is None else max(0.0, asked))


def _seconds_of(retry_after: str) -> float | None:
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:10])
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp()
