"""Answers on the terminal: quotes with their places, what they rest on, and a quote in its context."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from summitqa.schemas import AnswerResponse, CitationResponse, PassageResponse, PlaceResponse
from summitqa.types import Turn

CLOSEST = 3
"""Passages shown beside a "no answer"."""

CONTEXT_CHARS = 300
"""Characters shown on each side of a quote that is opened."""

_CONTROLS = {code: "\ufffd" for code in (*range(32), 127, *range(128, 160)) if chr(code) not in "\n\t"}
"""One character for each that could steer a terminal, so that offsets still fit."""

_CONFIDENCE_WORDS = ((0.85, "high"), (0.65, "good"), (0.0, "fair"))


def result_console() -> Console:
    """Return where results are printed: no colours but on a terminal, and no line broken by us."""
    return Console(highlight=False, soft_wrap=True, markup=False)


def print_answer(answer: AnswerResponse, console: Console, *, typed_hint: str) -> None:
    """Print an answer with its citations, or the silence with the closest passages.

    *typed_hint* says how to ask the question as it was typed, where it was understood as another one.
    """
    if answer.resolved_question:
        console.print(f"understood as: {_shown(answer.resolved_question)} ({typed_hint})", style="dim")
    if answer.passages_skipped:
        console.print(f"passages not read, to keep within the budget: {answer.passages_skipped}", style="dim")
    if answer.note:
        console.print(_shown(answer.note), style="dim")
    if answer.outcome == "no_answer":
        _print_no_answer(console, answer)
        return
    for citation in answer.citations:
        console.print(_marked(citation))
        console.print(Text(f"  {_where(citation)}", style="dim"))
    word = next(word for bound, word in _CONFIDENCE_WORDS if answer.confidence >= bound)
    console.print(f"confidence {word} ({answer.confidence:.2f})", style="dim")


def print_sources(answer: AnswerResponse, console: Console) -> None:
    """Print which documents the quotes of *answer* come from, and the digests that their offsets count in."""
    if not answer.citations:
        console.print("nothing was quoted")
    for citation in answer.citations:
        console.print(_where(citation))
        console.print(f"    {_shown(citation.document_title)} · SHA-256 {citation.document_sha256}", style="dim")


def print_reasons(answer: AnswerResponse, history: Sequence[Turn], console: Console) -> None:
    """Print how the question was understood, what was read for it with which scores, and how long it took."""
    console.print(f"outcome: {answer.reason or answer.outcome}, probability {answer.confidence:.2f}")
    for one in answer.corrections:
        console.print(f"corrected: {one.typed} → {one.corrected}")
    for carried in answer.carried_over:
        console.print(f"carried over: {carried.term} (from: {history[carried.turn].question})")
    for passage in answer.passages:
        console.print(f"{passage.rank}. {_scores(passage)} · {_place(passage)}")
        console.print(f"    {_shown(' '.join(passage.text.split()))}", style="dim")
    console.print(", ".join(f"{step} {ms:.1f} ms" for step, ms in answer.timing_ms.items()), style="dim")


def print_in_context(citation: CitationResponse, text: str, console: Console) -> None:
    """Print the quote between the characters around it in *text*; it stands between double brackets."""
    text, start, end = _shown(text), citation.start_char_index, citation.end_char_index
    before, after = text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS]
    if start > CONTEXT_CHARS:
        before = before[before.find(" ") + 1 :]  # begin with a whole word
    console.print(_where(citation), style="dim")
    opening, closing = "…" if start > CONTEXT_CHARS else "", "…" if end + CONTEXT_CHARS < len(text) else ""
    quote = Text.assemble(("[[", "cyan"), (text[start:end], "bold"), ("]]", "cyan"))
    console.print(Text.assemble((opening + before, "dim"), quote, (after + closing, "dim")))


def _shown(text: str) -> str:
    """Return *text* with what could steer the terminal made visible."""
    return text.translate(_CONTROLS)


def _marked(citation: CitationResponse) -> Text:
    text = Text(_shown(citation.cited_text))
    for answer in citation.answer_spans:
        offset = citation.start_char_index
        text.stylize("bold", answer.start_char_index - offset, answer.end_char_index - offset)
    text.append(f" [{citation.index}]", style="cyan")
    return text


def _where(citation: CitationResponse) -> str:
    heading = _shown(" › ".join(citation.heading_path))
    others = "".join(f"; also {_place(p)}" for p in citation.also_at)
    return f"[{citation.index}] {_place(citation)}{' · ' + heading if heading else ''}{others}"


def _place(spot: CitationResponse | PassageResponse | PlaceResponse) -> str:
    return f"{_shown(spot.document_id)} {spot.start_char_index}–{spot.end_char_index}"


def _scores(passage: PassageResponse) -> str:
    legs = (("meaning", passage.dense), ("words", passage.lexical))
    parts = "".join(f", {name} {'–' if value is None else f'{value:.2f}'}" for name, value in legs)
    return f"score {passage.score:.2f}{parts}"


def _print_no_answer(console: Console, answer: AnswerResponse) -> None:
    if answer.reason == "small_talk":
        console.print(_shown(answer.text))
    else:
        reason = (answer.reason or "").replace("_", " ")
        console.print(Text.assemble(("The documents don't say.", "bold"), (f" ({reason})", "dim")))
    if answer.passages:
        console.print("Closest passages, not an answer:", style="dim")
    for passage in answer.passages[:CLOSEST]:
        console.print(f"  {_shown(' '.join(passage.text.split()))}")
        console.print(f"    {_place(passage)}", style="dim")
    if answer.suggestions:
        console.print("You could ask:", style="dim")
    for suggestion in answer.suggestions:
        console.print(f"  {_shown(suggestion)}")
