"""Which of our posts come close to public ones: `python -m training.close FOLDER`.

Close are two that share seven words in a row. Such a post may be a copy, however it came about, and
is not learned from. Stock phrases are close as well: whoever runs this reads what it prints.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from training.posts import Post, learned, pairs
from training.public import texts

IN_A_ROW = 7

_WORD = re.compile(r"\w+")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every seven words in a row, without case and marks."""
    words = _WORD.findall(text.casefold().replace("'", "").replace("’", ""))
    for at in range(len(words) - IN_A_ROW + 1):
        yield tuple(words[at : at + IN_A_ROW])


def close(posts: Sequence[Post], others: Iterable[str]) -> dict[str, str]:
    """The ids of posts that share a run with one of the other texts, and that run."""
    ours = {run: post.id for post in posts for run in runs(post.text)}
    return {ours[run]: " ".join(run) for other in others for run in runs(other) if run in ours}


def main() -> None:
    found = close([*learned(), *pairs()], texts(Path(sys.argv[1])))
    for post, run in sorted(found.items()):
        sys.stdout.write(f"{post}: {run}\n")


if __name__ == "__main__":
    main()
