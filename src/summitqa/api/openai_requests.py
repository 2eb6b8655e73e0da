"""What ``POST /v1/chat/completions`` accepts: OpenAI's request, read as a question after a conversation.

Nothing is generated, so what steers generation is accepted and without effect. What asks for something that quotes
cannot be (a tool call, JSON, several choices) is refused, and so is any parameter that OpenAI's API does not have.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from summitqa.api.requests import ChatRequest, DocumentId

MODEL = "summitqa"
"""The one model there is."""

Ignored = Annotated[Any, Field(description="Accepted and without effect: nothing is generated.")]


def check_model(name: str) -> str:
    """Return *name* if it is that of the one model.

    Raises:
        PydanticCustomError: if it is not.
    """
    if name != MODEL:
        raise PydanticCustomError(
            "model_not_found", 'there is no model {name}; use "{model}"', {"name": repr(name[:100]), "model": MODEL}
        )
    return name


def _text_of(content: Any) -> Any:
    """Return the text of content given in parts; anything else is left to the field's type."""
    if not isinstance(content, list):
        return content
    for position, part in enumerate(content):
        kind = part.get("type") if isinstance(part, dict) else None
        if kind != "text" or not isinstance(part.get("text"), str):
            raise PydanticCustomError(
                "unsupported_content",
                'part {position} is not a text, {"type": "text", "text": "..."}; only text can be read',
                {"position": position},
            )
    return "\n".join(part["text"] for part in content)


def _only(*allowed: Any) -> AfterValidator:
    """Return a validator that refuses what would need something else than a quote."""

    def check(value: Any) -> Any:
        if value is not None and value not in allowed:
            raise PydanticCustomError(
                "unsupported_value",
                "only {allowed} is supported: an answer is a quote from the documents",
                {"allowed": " or ".join(repr(one) for one in allowed)},
            )
        return value

    return AfterValidator(check)


class OpenAIMessage(BaseModel):
    """One turn. System, developer and tool messages change nothing; what else a message holds is ignored."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str | None, BeforeValidator(_text_of)] = Field(
        default=None, description="A text, or parts of text."
    )


class StreamOptions(BaseModel):
    """How to stream."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    include_usage: bool | None = Field(default=None, description="True adds a last chunk with the usage.")


class SummitQAOptions(BaseModel):
    """What OpenAI's request has no word for; see ``POST /v1/chat``."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    resolve: bool = True
    document_ids: list[DocumentId] | None = Field(default=None, min_length=1, max_length=1000)
    budget_ms: int | None = Field(default=None, ge=1, le=600_000)


class CompletionRequest(BaseModel):
    """A conversation whose last message is the question."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    model: Annotated[str, AfterValidator(check_model)]
    messages: list[OpenAIMessage]
    stream: bool | None = Field(default=None, description="True answers with chunks as server-sent events.")
    stream_options: StreamOptions | None = None
    summitqa: SummitQAOptions = Field(SummitQAOptions(), description="Options of summitqa's own.")
    n: Annotated[Any, _only(1)] = Field(
        default=None, description="Only 1: the answer to a question is always the same."
    )
    tool_choice: Annotated[Any, _only("none", "auto")] = Field(default=None, description="No tool is ever called.")
    function_call: Annotated[Any, _only("none", "auto")] = Field(
        default=None, description="No function is ever called."
    )
    response_format: Annotated[Any, _only({"type": "text"})] = Field(default=None, description="Only text.")
    logprobs: Annotated[Any, _only(False)] = Field(default=None, description="Only false: there are none.")
    top_logprobs: Annotated[Any, _only(0)] = Field(default=None, description="Only 0: there are none.")
    modalities: Annotated[Any, _only(["text"])] = Field(default=None, description="Only text.")
    audio: Annotated[Any, _only()] = Field(default=None, description="Only null.")
    tools: Ignored = None
    functions: Ignored = None
    parallel_tool_calls: Ignored = None
    temperature: Ignored = None
    top_p: Ignored = None
    frequency_penalty: Ignored = None
    presence_penalty: Ignored = None
    logit_bias: Ignored = None
    max_tokens: Ignored = None
    max_completion_tokens: Ignored = None
    stop: Ignored = None
    seed: Ignored = None
    prediction: Ignored = None
    reasoning_effort: Ignored = None
    verbosity: Ignored = None
    moderation: Ignored = None
    web_search_options: Ignored = None
    metadata: Ignored = None
    store: Ignored = None
    user: Ignored = None
    safety_identifier: Ignored = None
    prompt_cache_key: Ignored = None
    prompt_cache_options: Ignored = None
    prompt_cache_retention: Ignored = None
    service_tier: Ignored = None

    @model_validator(mode="after")
    def _stream_before_its_options(self) -> Self:
        if self.stream_options is not None and not self.stream:
            raise PydanticCustomError("unsupported_value", '"stream_options" is only allowed when "stream" is true')
        return self

    @property
    def includes_usage(self) -> bool:
        """Whether a stream ends with its usage."""
        return self.stream_options is not None and bool(self.stream_options.include_usage)

    def to_chat(self) -> ChatRequest:
        """Return the question and what came before it as summitqa's own request.

        Raises:
            RequestValidationError: if the messages are no conversation that ends with a question.
        """
        known = {"user", "assistant"}
        messages = [
            {"role": one.role if one.role in known else "system", "content": one.content or ""} for one in self.messages
        ]
        try:
            return ChatRequest.model_validate({"messages": messages, **self.summitqa.model_dump()})
        except ValidationError as error:
            found = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
            raise RequestValidationError(found) from error
