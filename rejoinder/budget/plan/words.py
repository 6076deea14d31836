"""The closed lists of a plan: what to do with a mention, and why."""

from typing import Literal, get_args

Do = Literal["answer", "point", "private", "by-hand", "publish", "hold"]
Reason = Literal[
    "turn",
    "answer-published",
    "asked-often",
    "private-has-room",
    "no-api",
    "limit",
    "money",
    "kept-for-urgent",
    "kept-for-needier",
    "advisors-busy",
    "update-may-settle",
    "past-the-hour",
    "no-reply-wanted",
    "skill",
    "closed-by-update",
]

DOS: tuple[Do, ...] = get_args(Do)
REASONS: tuple[Reason, ...] = get_args(Reason)
