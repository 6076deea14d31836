"""What was heard (`heard`), and what was understood of it (`reading`)."""

from rejoinder.listening.models.heard import (
    Conversation,
    Early,
    Import,
    Mention,
    MinuteCount,
    Person,
    Unreadable,
)
from rejoinder.listening.models.reading import Correction, Need, Question, ReadWith, SafetyCard

__all__ = [
    "Conversation",
    "Correction",
    "Early",
    "Import",
    "Mention",
    "MinuteCount",
    "Need",
    "Person",
    "Question",
    "ReadWith",
    "SafetyCard",
    "Unreadable",
]
