"""Every reason that a drill writes down, in words. Pure."""

REASONS: dict[str, str] = {
    # Answered, pointed to an answer, published.
    "first-come": "first come, first served",
    "most-followed": "most followers of all who wait",
    "next-in-turn": "need, then age",
    "turn": "need, then age, at what room costs now",
    "asked-again": "wrote again",
    "answer-is-out": "a public answer to it is out",
    "answer-published": "a public answer to it is out",
    "many-ask": "ten have asked it",
    "asked-often": "many ask it",
    "private-has-room": "a private message has room",
    # Held.
    "no-room": "no room left on the account",
    "limit": "no room left on the account",
    "money": "the money for the day is spent",
    "account-held": "the platform refused, or cut its limit, while this was written",
    "abuse": "abuse gets no reply",
    "no-reply-wanted": "wants no reply",
    "paced": "ahead of an even share of the day's limit",
    "kept-for-urgent": "room is kept for urgent people expected later",
    "kept-for-needier": "room is worth more to others expected later",
    "advisors-busy": "an advisor's time is worth more to others",
    "update-may-settle": "the public answer may reach them first",
    "past-the-hour": "has waited past the hour",
    "no-api": "the platform lets no program answer it",
    "skill": "nobody on duty can answer it",
    # Closed.
    "gave-up": "gave up waiting",
    "saw-the-answer": "saw the public answer",
    "closed-by-update": "saw the public answer",
}
