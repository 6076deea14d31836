"""What the processes of `test_listener` and `test_triage` do. `python -m tests.faults.hearing`."""

import sys
import time
from collections.abc import Callable

import django

POSTS = 4_500  # more than one batch of triage


def connect(url: str) -> None:
    """An account on the pretend network."""
    from rejoinder.channels import actions

    actions.connect("pretend", {"url": url, "handle": ""}, witness=lambda _: None)


def fill() -> None:
    """Frames of POSTS posts on the log, a few of them twice, with an edit and a deletion."""
    from rejoinder.channels.contract import Post
    from rejoinder.listening.hear.frames import pack
    from rejoinder.plumbing import clock
    from rejoinder.plumbing.log import open_log

    posts = [
        Post(
            external_id=str(number),
            author_id=f"person {number % 700}",
            text=f"no signal {number}",
            in_reply_to=str(number // 2) if number % 3 == 0 and number else None,
        )
        for number in range(POSTS)
    ]
    posts += [*posts[:50], Post(external_id="7", kind="delete")]
    posts.append(Post(external_id="8", kind="edit", text="no bars"))
    open_log().append(pack("pretend", None, clock.now(), posts))


def lock(seconds: str) -> None:
    """Keep everybody else from writing for so long; says so when it begins."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE listening_mention IN ACCESS EXCLUSIVE MODE")
        print("locked", flush=True)
        time.sleep(float(seconds))


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[..., None]] = {
        "connect": connect, "fill": fill, "lock": lock,
    }  # fmt: skip
    does[sys.argv[1]](*sys.argv[2:])
