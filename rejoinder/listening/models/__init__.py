"""What was heard (`heard`), understood (`reading`), and caught by watches (`watch`)."""

from rejoinder.listening.models.block import Block
from rejoinder.listening.models.heard import (
    Conversation,
    Early,
    Import,
    LeftThere,
    Mention,
    MinuteCount,
    Person,
    Unreadable,
)
from rejoinder.listening.models.reading import (
    Correction,
    Likeness,
    Need,
    Question,
    ReadWith,
    SafetyCard,
)
from rejoinder.listening.models.watch import Caught, Watch

__all__ = [
    "Block",
    "Caught",
    "Conversation",
    "Correction",
    "Early",
    "Import",
    "LeftThere",
    "Likeness",
    "Mention",
    "MinuteCount",
    "Need",
    "Person",
    "Question",
    "ReadWith",
    "SafetyCard",
    "Unreadable",
    "Watch",
]
