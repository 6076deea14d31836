"""Posts about three things, made of words that mean them and words that mean nothing."""

import random

from rejoinder.listening.learn.labels import Label

ABOUT = {
    "bill": ["charged twice", "my bill is wrong", "direct debit", "refund owed", "price went up"],
    "signal": ["no signal", "dropped calls", "no bars at home", "mast is down", "no 4G today"],
    "thanks": ["thank you so much", "great help", "lovely answer", "brilliant team", "very kind"],
}
ROUND = ["again", "this week", "in Ambridge", "since Monday", "honestly", "at work", "for my mum"]


def labels(count: int, seed: int = 0) -> list[Label]:
    """That many labelled texts, no two alike."""
    chance, made = random.Random(seed), dict[str, str]()
    while len(made) < count:
        label = chance.choice(list(ABOUT))
        words = [chance.choice(ABOUT[label]), *chance.sample(ROUND, 3), str(chance.randrange(999))]
        made[" ".join(words)] = label
    return [Label(text, label) for text, label in made.items()]
