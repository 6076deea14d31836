"""`python -m training.trade`: makes again what learners know of the trade before any label."""

import numpy as np

from rejoinder.listening.embedding.embed import embed
from rejoinder.listening.learn import meaning
from rejoinder.listening.learn.trade import FILE
from training.posts import learned

STRENGTH = 1.0  # of the ridge
HEADS = ("sentiment", "intent", "need", "abuse", "strong")


def main() -> int:
    posts = learned()
    features = meaning.features(embed([post.text for post in posts]))
    classes = [(head, str(getattr(post, head))) for head in HEADS for post in posts]
    borne = np.array(
        [[str(getattr(post, head)) == c for head, c in sorted(set(classes))] for post in posts],
        np.float32,
    )
    names, which = np.unique([post.sentiment for post in posts], return_inverse=True)
    each = np.sqrt(len(posts) / np.bincount(which, minlength=len(names)))[which, None]
    weighted = (features * each).astype(np.float32)
    given = meaning.Sums(weighted.T @ features, weighted.T @ borne)
    np.savez_compressed(FILE, weights=meaning.solve(given, STRENGTH).weights)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
