"""What to do next in a conversation, as one proposal. Pure.

In this order: what we owe somebody comes before what is quick.
"""

from dataclasses import dataclass
from enum import StrEnum


class Next(StrEnum):
    """One thing; the pages say it in a sentence."""

    USE_EXPERT = "use-expert"  # an expert answered, and the person waits for it
    KEEP_WORD = "keep-word"  # we promised, and the time is over
    IN_PRIVATE = "in-private"  # an account matter is discussed in public
    USE_ANSWER = "use-answer"  # a public answer says it
    SEE_SIMILAR = "see-similar"  # colleagues answered the same
    ASK_EXPERT = "ask-expert"  # something specific, and nothing of ours fits
    CLOSE = "close"  # they thanked us
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a conversation that somebody has in hand."""

    expert_answered: bool = False
    promise_late: bool = False
    account_matter: bool = False
    public: bool = True
    may_be_private: bool = False
    answer: bool = False
    similar: bool = False
    asked: bool = False  # an expert is asked and has not answered
    specific: bool = False
    praise: bool = False
    answered_before: bool = False


def next_action(known: Known) -> Next:
    """The first that fits."""
    fits = (
        (known.expert_answered, Next.USE_EXPERT),
        (known.promise_late, Next.KEEP_WORD),
        (known.account_matter and known.public and known.may_be_private, Next.IN_PRIVATE),
        (known.praise and known.answered_before, Next.CLOSE),
        (known.answer, Next.USE_ANSWER),
        (known.similar, Next.SEE_SIMILAR),
        (known.specific and not known.asked, Next.ASK_EXPERT),
    )
    return next((step for fit, step in fits if fit), Next.NOTHING)
