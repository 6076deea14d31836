"""Everything an advisor does with a conversation; pages, API and workers call these."""

from rejoinder.desk.take import (
    close,
    hand_over,
    let_go,
    may_close,
    may_hand_over,
    may_take_over,
    take,
    take_next,
    take_over,
)
from rejoinder.desk.write import (
    Room,
    answer,
    draft,
    drafts,
    may_answer,
    note,
    room,
    save_draft,
    start_reply,
    to_answer,
)

__all__ = [
    "Room",
    "answer",
    "close",
    "draft",
    "drafts",
    "hand_over",
    "let_go",
    "may_answer",
    "may_close",
    "may_hand_over",
    "may_take_over",
    "note",
    "room",
    "save_draft",
    "start_reply",
    "take",
    "take_next",
    "take_over",
    "to_answer",
]
