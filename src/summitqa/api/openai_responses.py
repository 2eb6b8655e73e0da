"""Answers in OpenAI's shapes: the quotes as the message, their places as annotations, the whole answer beside it.

An annotation covers the quote in the message: ``content[start_index:end_index]`` is the cited text, counted in code
points. The quotes' places are carried along while the message is put together, never searched for.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from summitqa.api.openai_requests import MODEL, CompletionRequest
from summitqa.schemas import AnswerResponse

_TOKEN = re.compile(r"\w+|[^\w\s]")


class _Response(BaseModel):
    model_config = ConfigDict(frozen=True)


class UrlCitation(_Response):
    """The source of a part of the message."""

    start_index: int = Field(description="First code point of the quote in the message.")
    end_index: int = Field(description="Code point after the last one of the quote.")
    url: str = Field(description="The document's page, opened at the quote.")
    title: str


class Annotation(_Response):
    """One citation."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class CompletionMessage(_Response):
    """The quotes, each with its mark."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(_Response):
    """The one answer."""

    index: int = 0
    message: CompletionMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(_Response):
    """Words and punctuation marks of the conversation and of the message: summitqa has no tokens to bill."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionResponse(_Response):
    """A chat completion."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage
    summitqa: AnswerResponse = Field(description="The whole answer, as POST /v1/chat gives it.")


class ModelResponse(_Response):
    """The one model."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = Field(default=0, description="Always 0.")
    owned_by: str = MODEL


class ModelsResponse(_Response):
    """The models there are."""

    object: Literal["list"] = "list"
    data: list[ModelResponse]


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer on its way to a client that speaks OpenAI: which request it answers, and where the server is."""

    request: CompletionRequest
    request_id: str
    base_url: str

    def respond(self, answer: AnswerResponse) -> CompletionResponse:
        """Return *answer* as one response."""
        message = CompletionMessage(content=_content(answer), annotations=self._annotate(answer))
        return CompletionResponse(
            id=self._id,
            created=int(time.time()),
            choices=[Choice(message=message)],
            usage=self._measure(answer),
            summitqa=answer,
        )

    def stream(self, answer: AnswerResponse) -> Iterator[bytes]:
        """Yield *answer* as chunks, a quote at a time; annotations and the whole answer come in the last delta."""
        head: dict[str, object] = {
            "id": self._id,
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": MODEL,
        }
        if self.request.includes_usage:
            head["usage"] = None
        yield _event(head | {"choices": [_delta({"role": "assistant", "content": ""})]})
        for line in _lines(answer):
            yield _event(head | {"choices": [_delta({"content": line})]})
        annotations = [annotation.model_dump() for annotation in self._annotate(answer)]
        last = {"choices": [_delta({"annotations": annotations}, "stop")], "summitqa": answer.model_dump(mode="json")}
        yield _event(head | last)
        if self.request.includes_usage:
            yield _event(head | {"choices": [], "usage": self._measure(answer).model_dump()})
        yield b"data: [DONE]\n\n"

    @property
    def _id(self) -> str:
        return f"chatcmpl-{self.request_id}"

    def _annotate(self, answer: AnswerResponse) -> list[Annotation]:
        annotations, start = [], 0
        for citation, line in zip(answer.citations, _lines(answer), strict=False):
            end = start + len(citation.cited_text)
            cited = UrlCitation(
                start_index=start,
                end_index=end,
                url=self.base_url.rstrip("/") + citation.url,
                title=citation.document_title,
            )
            annotations.append(Annotation(url_citation=cited))
            start += len(line)
        return annotations

    def _measure(self, answer: AnswerResponse) -> Usage:
        prompt = sum(_count(message.content or "") for message in self.request.messages)
        completion = _count(_content(answer))
        return Usage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)


def _lines(answer: AnswerResponse) -> list[str]:
    """Return the message in parts: one for each citation, or one if there is none. Quotes may hold line breaks."""
    if not answer.citations:
        return [answer.text]
    ends = ["\n"] * (len(answer.citations) - 1) + [""]
    return [f"{one.cited_text} [{one.index}]{end}" for one, end in zip(answer.citations, ends, strict=True)]


def _content(answer: AnswerResponse) -> str:
    return "".join(_lines(answer))


def _count(text: str) -> int:
    return sum(1 for _ in _TOKEN.finditer(text))


def _delta(delta: dict[str, object], finish_reason: str | None = None) -> dict[str, object]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _event(chunk: dict[str, object]) -> bytes:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()
