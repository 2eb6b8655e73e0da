"""The examples in /openapi.json, on the article in ``seeds/``; a test checks each against its model and the article."""

from __future__ import annotations

from typing import Any

from fastapi.openapi.models import Example

CHAT_EXAMPLES: dict[str, Example] = {
    "question": {"summary": "One question", "value": {"question": "Who will host the talks?"}},
    "messages": {
        "summary": "A conversation",
        "value": {"messages": [{"role": "user", "content": "How likely is an agreement on sanctions relief?"}]},
    },
}
COMPLETION_EXAMPLES: dict[str, Example] = {
    "question": {
        "summary": "One question",
        "value": {"model": "summitqa", "messages": [{"role": "user", "content": "Who will host the talks?"}]},
    }
}
SEARCH_EXAMPLES: dict[str, Example] = {
    "search": {"summary": "Three passages", "value": {"question": "prisoner exchanges", "k": 3}}
}
VERIFY_EXAMPLES: dict[str, Example] = {
    "quote": {
        "summary": "A quote and where it stood",
        "value": {
            "document_id": "istanbul-peace-summit",
            "start_char_index": 144,
            "end_char_index": 199,
            "cited_text": "After all the talk, Vladimir Putin won’t be showing up.",
        },
    }
}
ANSWER_EXAMPLE: dict[str, Any] = {
    "question": "Who will host the talks?",
    "resolved_question": None,
    "outcome": "answered",
    "reason": None,
    "answer": "President Recep Tayyip Erdoğan",
    "text": "Turkey: President Recep Tayyip Erdoğan will host the talks and mediate sessions [1]",
    "confidence": 0.91,
    "citations": [
        {
            "index": 1,
            "document_id": "istanbul-peace-summit",
            "document_title": "Peace hopes cool",
            "document_sha256": "ce1cab01ddb8db7630f107a85097e5935f999ab29cd22aa20e817f5f4ad11f92",
            "start_char_index": 2218,
            "end_char_index": 2297,
            "cited_text": "Turkey: President Recep Tayyip Erdoğan will host the talks and mediate sessions",
            "answer_spans": [
                {"start_char_index": 2226, "end_char_index": 2256, "text": "President Recep Tayyip Erdoğan"}
            ],
            "prefix": "on the president’s attendance\n-\n",
            "suffix": "\n-\nObservers: EU diplomats, poss",
            "heading_path": ["So, Who Is Showing Up?"],
            "block": "list_item",
            "table": None,
            "also_at": [],
            "url": "/documents/istanbul-peace-summit#char=2218,2297",
        }
    ],
    "passages": [],
    "timing_ms": {"retrieve": 2.3, "read": 8.4, "total": 11.0},
    "index": {"generation": 3, "encoder": "all-MiniLM-L6-v2", "reader": "reader"},
}
STREAM_EXAMPLE = """\
event: resolved
data: {"question": "Who will host the talks?", "resolved_question": null, "carried_over": [], "corrections": []}

event: citations
data: {"citations": [...], "passages": [...]}

event: answer
data: {"question": "Who will host the talks?", ...}

event: done
data: {}

"""
ANSWER_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "An answer or no answer; with `stream: true`, its events.",
        "content": {
            "application/json": {"example": ANSWER_EXAMPLE},
            "text/event-stream": {"schema": {"type": "string"}, "example": STREAM_EXAMPLE},
        },
    }
}
