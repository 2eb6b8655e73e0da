"""Typed clients of the HTTP API: one method a route, the API's own models back, our own errors out.

What is sent, how a response is read and when to try again are functions of their own that send nothing, so that each
way of sending needs only its own few lines. This package knows nothing of engines or indexes.
"""

from summitqa.client.asynchronous import AsyncClient
from summitqa.client.blocking import Client
from summitqa.client.calls import ask_call
from summitqa.client.events import EventDecoder
from summitqa.client.retries import BACK_OFF_S, MAX_WAIT_S, wait_s
from summitqa.schemas.events import AnswerEvent, CitationsEvent, ResolvedEvent

__all__ = [
    "BACK_OFF_S",
    "MAX_WAIT_S",
    "AnswerEvent",
    "AsyncClient",
    "CitationsEvent",
    "Client",
    "EventDecoder",
    "ResolvedEvent",
    "ask_call",
    "wait_s",
]
