"""The fast tier against a hashing vectoriser with a linear classifier, and the careful tier alone.

The posts are the daily mix of those the project wrote, glued together in pairs so that hardly any
comes twice. Short rounds take turns, after one in which expressions and memory grow warm as they
are in a desk that has run for a while; the best of each counts, in CPU time. The baseline gives one
label a post, the fast tier a whole reading with its cues and reasons. Language and personal data
have benchmarks of their own: intake looks for them first and hands them on.
"""

import random
import time
from collections.abc import Callable, Sequence

from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier

from benchmarks.table import Rows, row
from rejoinder.listening.read import Known, careful, fast
from training.posts import learned

MIX = ("common", "specific", "vent", "none", "more-talk", "wide")  # how their ids begin
ROUNDS, POSTS, CAREFUL_POSTS = 8, 4_000, 400


def run() -> Rows:
    draw = random.Random(3)
    calm = [p.text for p in learned() if p.id.startswith(MIX) and p.need != "urgent"]
    return speed([_mixed(draw, calm, POSTS) for _ in range(ROUNDS)], "made up")


def speed(rounds: Sequence[list[str]], name: str) -> Rows:
    """Both tiers over rounds of posts of one kind."""
    vectorise = HashingVectorizer()
    model = SGDClassifier(random_state=1)
    posts = learned()
    model.fit(vectorise.transform([p.text for p in posts]), [p.need for p in posts])
    ours, theirs = _in_turns(
        rounds,
        lambda texts: fast(texts, Known([("en", 1.0)] * len(texts), [()] * len(texts))),
        lambda texts: model.predict(vectorise.transform(texts)),
    )
    slow = max(_rate(careful, texts[:CAREFUL_POSTS]) for texts in rounds[:3])
    return [
        row(
            f"fast reading ÷ HashingVectorizer + SGD, {name}",
            ours / theirs,
            at_least=0.8,
            detail=f"{ours:,.0f} and {theirs:,.0f} posts a CPU-second",
        ),
        row(f"careful reading, posts a CPU-second, {name}", slow, at_least=400.0),
    ]


def _mixed(draw: random.Random, calm: Sequence[str], many: int) -> list[str]:
    """Posts that are not urgent, as most are, each of two."""
    return [" ".join(draw.sample(calm, 2)) for _ in range(many)]


def _in_turns(
    rounds: Sequence[list[str]],
    ours: Callable[[list[str]], object],
    theirs: Callable[[list[str]], object],
) -> tuple[float, float]:
    """The best rate of each, in posts a CPU-second."""
    warm, rounds = rounds[: len(rounds) // 2], rounds[len(rounds) // 2 :]
    ours([text for texts in warm for text in texts])
    rates = [(_rate(ours, texts), _rate(theirs, texts)) for texts in rounds]
    return max(one for one, _ in rates), max(two for _, two in rates)


def _rate(work: Callable[[list[str]], object], texts: list[str]) -> float:
    started = time.process_time()
    work(texts)
    return len(texts) / (time.process_time() - started)
