"""Conversation: what a message means after the earlier ones, and whether it is a question at all.

Owns follow-ups, small talk and notes on kinds of questions. English. Knows the model that finds missing terms by its
protocol only, and nothing of indexes, passages or answers' spans.
"""

from summitqa.conversation.notes import note_on
from summitqa.conversation.resolution import MAX_TURNS, Resolution, Resolver
from summitqa.conversation.small_talk import is_small_talk, suggest_questions

__all__ = ["MAX_TURNS", "Resolution", "Resolver", "is_small_talk", "note_on", "suggest_questions"]
