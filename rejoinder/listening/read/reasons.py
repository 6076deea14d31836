"""The closed list of reasons, as a person reads them. `{words}` are cited from the post."""

from rejoinder.listening.read.words import Because

REASONS = {
    "emergency": "an emergency call may fail: “{words}”",
    "alarm": "an alarm, or what keeps somebody alive, may fail: “{words}”",
    "body": "somebody may be hurt, ill or in danger: “{words}”",
    "depends": "somebody depends on being reached: “{words}”",
    "fraud": "fraud or a takeover may be in progress: “{words}”",
    "exposed": "personal data may lie open: “{words}”",
    "self-harm": "speaks of self-harm: “{words}”",
    "threat": "threatens violence: “{words}”",
    "domestic-abuse": "somebody close hurts or controls them: “{words}”",
    "stalking": "somebody is followed or watched: “{words}”",
    "like-urgent": "reads like posts that were urgent: “{words}”",
    "own": "their own case: “{words}”",
    "asks": "asks: “{words}”",
    "again": "says “{words}”",
    "hurry": "presses: “{words}”",
    "failing": "something does not work: “{words}”",
    "leaving": "thinks of leaving: “{words}”",
    "insult": "insults people: “{words}”",
    "insult-asks": "insults, and still asks for something",
    "thanks": "thanks or praises: “{words}”",
    "figure": "a figure of speech, not danger",
    "like": "reads like posts of this need",
    "asked-by-many": "asks what many ask: {words} people",
    "urgent-question": "a lead calls each who asks this urgent: {words}",
    "one-of-many": "reads like posts that were urgent, as so many do now",
}


def said(because: Because) -> str:
    """One reason in English; the pages translate the same texts."""
    return REASONS[because.code].format(words=because.words)
