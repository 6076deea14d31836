"""Everything an advisor does with a conversation; pages, API and workers call these."""

from rejoinder.desk.drafting import (
    Room,
    add_to_draft,
    draft,
    drafts,
    room,
    save_draft,
    start_reply,
)
from rejoinder.desk.mine import may_answer, may_draft
from rejoinder.desk.take import (
    close,
    hand_over,
    let_go,
    may_close,
    may_hand_over,
    may_take_over,
    take,
    take_over,
)
from rejoinder.desk.turn import (
    is_kept_back,
    may_take_out_of_turn,
    take_next,
    take_out_of_turn,
)
from rejoinder.desk.write import answer, note, to_answer

__all__ = [
    "Room",
    "add_to_draft",
    "answer",
    "close",
    "draft",
    "drafts",
    "hand_over",
    "is_kept_back",
    "let_go",
    "may_answer",
    "may_close",
    "may_draft",
    "may_hand_over",
    "may_take_out_of_turn",
    "may_take_over",
    "note",
    "room",
    "save_draft",
    "start_reply",
    "take",
    "take_next",
    "take_out_of_turn",
    "take_over",
    "to_answer",
]
