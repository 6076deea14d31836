"""Numbers as people say them, and what policies and needs are called. Pure."""

POLICIES = {
    "fcfs": "First come, first served",
    "followers-first": "Most followers first",
    "priority": "Most needed first",
    "even-pacing": "Evenly through the day",
    "bid-price": "Planned",
    "manual": "Played by hand",
}
NEEDS = {"urgent": "Urgent", "specific": "Specific", "common": "Common question"}
CHANNELS = {
    "x": "X",
    "facebook": "Facebook",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "wordpress": "Blog",
    "phone": "Phone",
    "x-private": "X, private",
}


def clock(seconds: float) -> str:
    """A moment of the day: 11:07."""
    minutes = int(seconds // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def percent(share: float | None) -> str:
    """A share, or a dash where there is nothing to take a share of."""
    return "–" if share is None else f"{share * 100:.0f}\N{NO-BREAK SPACE}%"


def count(number: float) -> str:
    return f"{number:,.0f}"


def channel(name: str) -> str:
    return CHANNELS.get(name, name)
