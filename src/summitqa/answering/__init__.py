"""Answering: readings to quotes, quotes to citations, citations to an answer or an honest silence."""

from summitqa.answering.citations import build_citation
from summitqa.answering.outcome import Evidence, compose_outcome, show_passage
from summitqa.answering.selection import select_quotes
from summitqa.answering.verification import verify_quote

__all__ = ["Evidence", "build_citation", "compose_outcome", "select_quotes", "show_passage", "verify_quote"]
