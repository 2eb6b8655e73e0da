"""What the API accepts: every field named, typed strictly, and nothing unknown.

Owns the checks that need no index. How long a question may be is the engine's business.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from summitqa.schemas import CitationResponse
from summitqa.types import Turn

MAX_OFFSET = 2**31 - 1
"""Larger than any document; keeps offsets within what a database holds."""


# Control characters other than white space, and halves of surrogate pairs, which JSON can smuggle into a string.
_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


def _printable(text: str) -> str:
    if unfit := _UNFIT.search(text):
        raise PydanticCustomError(
            "unfit_character",
            "holds the unprintable character {character} at position {position}; remove it",
            {"character": f"U+{ord(unfit.group()):04X}", "position": unfit.start()},
        )
    return text


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PydanticCustomError(
            "surrogate", "holds half of a surrogate pair at position {position}; remove it", {"position": error.start}
        ) from error
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "must not be empty; write a question")
    return text


PlainText = Annotated[str, AfterValidator(_printable)]
SourceText = Annotated[str, AfterValidator(_encodable)]
Question = Annotated[PlainText, AfterValidator(_not_blank)]
DocumentId = Annotated[PlainText, Field(min_length=1, max_length=1000, description="Id of a document.")]
Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]


class _Request(BaseModel):
    """Base of all models taken in: strict types, nothing unknown."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class MessageRequest(_Request):
    """One turn of a conversation."""

    role: Literal["user", "assistant", "system"]
    content: PlainText


class ChatRequest(_Request):
    """A question: either ``question``, or ``messages`` whose last one is the user's."""

    question: Question | None = Field(None, description="The question, in plain words.")
    messages: list[MessageRequest] | None = Field(
        None,
        description="A conversation; its last message must be the user's and is the question. A follow-up is written "
        "out with words of the user's earlier messages and of the assistant's, which should hold what was quoted. "
        "System messages change nothing. Of a long conversation the last turns are used.",
    )
    resolve: bool = Field(
        True, description="False asks as typed: no follow-up is written out and no typing mistake corrected."
    )
    document_ids: list[DocumentId] | None = Field(
        None, min_length=1, max_length=1000, description="Answer from these documents only."
    )
    budget_ms: int | None = Field(
        None,
        ge=1,
        le=600_000,
        description="Milliseconds to answer in: fewer passages are read, at least one, and the answer says how many "
        "were left out. With a budget, answers may differ from run to run.",
    )
    stream: bool = Field(False, description="True answers with server-sent events, citations before text.")

    @field_validator("messages")
    @classmethod
    def _end_with_a_question(cls, messages: list[MessageRequest] | None) -> list[MessageRequest] | None:
        if messages is not None:
            if not messages or messages[-1].role != "user":
                raise PydanticCustomError("last_message", 'must end with a message of the role "user"')
            if not messages[-1].content.strip():
                raise PydanticCustomError("blank", "the last message must not be empty; write a question")
        return messages

    @model_validator(mode="after")
    def _ask_once(self) -> Self:
        if (self.question is None) == (self.messages is None):
            raise PydanticCustomError("one_question", 'send exactly one of "question" and "messages"')
        return self

    @property
    def asked(self) -> str:
        """The question, wherever it was sent."""
        return self.question if self.question is not None else (self.messages or [])[-1].content

    @property
    def history(self) -> tuple[Turn, ...]:
        """The earlier questions, each with what the assistant said between it and the next one."""
        turns: list[Turn] = []
        for message in (self.messages or [])[:-1]:
            if message.role == "user":
                turns.append(Turn(message.content))
            elif message.role == "assistant" and turns:
                said = [text for text in (turns[-1].answer, message.content) if text]
                turns[-1] = Turn(turns[-1].question, "\n".join(said) or None)
        return tuple(turns)

    @property
    def asked_in(self) -> tuple[str | int, ...]:
        """Where the question was sent, to name it in errors."""
        return ("question",) if self.question is not None else ("messages", len(self.messages or []) - 1, "content")


class SearchRequest(_Request):
    """A question to find passages for."""

    question: Question = Field(description="The question, in plain words.")
    k: int = Field(10, ge=1, le=100, description="How many passages to return at most.")


class VerifyRequest(_Request):
    """A quote to check: the fields of a citation, or a whole citation as it was given."""

    document_id: DocumentId
    start_char_index: Offset = Field(description="First code point of the quote in the canonical text.")
    end_char_index: Offset = Field(description="Code point after the last one of the quote.")
    cited_text: SourceText = Field(min_length=1, description="The quote, character by character.")
    document_sha256: str | None = Field(
        None,
        pattern="^[0-9a-f]{64}$",
        description="Accepted as part of a citation; the quote is looked for in the document as it is now.",
    )
    prefix: SourceText = Field(
        "", max_length=200, description="The characters before the quote; helps to find where it moved."
    )
    suffix: SourceText = Field(
        "", max_length=200, description="The characters after the quote; helps to find where it moved."
    )

    @model_validator(mode="before")
    @classmethod
    def _accept_a_whole_citation(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: data[key] for key in data if key in cls.model_fields or key not in CitationResponse.model_fields}

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        if self.end_char_index < self.start_char_index:
            raise PydanticCustomError("not_a_span", '"end_char_index" must not be smaller than "start_char_index"')
        return self
