"""Made-up posts in the shape of a busy day: threads, people who come back, words of all lengths."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from rejoinder.channels.contract import Post

WORDS = (  # noqa: SIM905 - a list of sixty quoted words reads worse
    "signal bill phone no since morning street please help my the a is and to still waiting "
    "router down again anyone else outage text call number roaming data slow fast thanks why "
    "charged twice refund contract upgrade store mum hospital work home broadband mast sorry "
    "minutes hours days week answer nobody chat queue network error restart tried everything"
).split()
ANSWERS = 0.35  # share of posts that answer another
OWN = 0.7  # of these, the share that goes on in the thread of the same person
COME_BACK = 0.6  # of the others, the share by people heard before


def posts(many: int, start: datetime, seed: int = 1) -> Iterator[Post]:
    """That many posts, one each 50 ms; the same for the same seed."""
    draw = random.Random(seed)
    authors: list[int] = []
    for number in range(many):
        above = number - draw.randint(1, 2000) if draw.random() < ANSWERS else -1
        authors.append(_author(draw, authors, above))
        yield Post(
            external_id=external_id(number),
            author_id=f"{700_000_000 + authors[-1]}",
            handle=f"@person{authors[-1]}",
            name=f"Person {authors[-1]}",
            text=_text(draw, number),
            created_at=start + timedelta(milliseconds=50 * number),
            in_reply_to=external_id(above) if above >= 0 else None,
            tagged=draw.random() < 0.8,
            url=f"https://pretend.example.com/{number}",
            language="en",
        )


def _author(draw: random.Random, authors: list[int], above: int) -> int:
    if above >= 0 and draw.random() < OWN:
        return authors[above]
    if authors and draw.random() < COME_BACK:
        return authors[draw.randint(max(0, len(authors) - 20_000), len(authors) - 1)]
    return len(authors)


def external_id(number: int) -> str:
    """Nineteen digits that grow with time, as the ids of large platforms do."""
    return str(1_900_000_000_000_000_000 + number * 4_194_304)


def _text(draw: random.Random, number: int) -> str:
    words = draw.choices(WORDS, k=draw.randint(4, 28))
    # One word in ten posts that nobody used before, as names and codes are.
    if number % 10 == 0:
        words.append(f"ref{number}")
    return "@brand " + " ".join(words)
