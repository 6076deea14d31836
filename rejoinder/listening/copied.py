"""Which posts are copies of what others wrote, remembered for two days and across restarts.

Several people's one text is one item with a count: the first waits, the others name it. Somebody
who says the same again is asking again, and no copy.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

from rejoinder.listening.copies.find import WINDOW, Copies
from rejoinder.listening.intake.normalise import Said
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock

KEPT = 50_000  # originals of a channel
RESTORED = 20_000  # mentions that are looked at again when a process starts

Key = tuple[str, str]  # the external ids of a post and of its author


def find(channel: str, said: Sequence[Said]) -> None:
    """Set `copy_of` on those that are copies, in place."""
    posts = [one for one in said if one.whole and not one.edited]
    if not posts:
        return
    found = _copies(channel).find(
        [(one.external_id, one.author_id) for one in posts],
        [one.text for one in posts],
        [one.created_at.timestamp() for one in posts],
    )
    for one, original in zip(posts, found, strict=True):
        if original is not None and one.author_id not in {"", original[1]}:
            one.copy_of = original[0]


@cache
def _copies(channel: str) -> Copies[Key]:
    """Those of a channel, begun with what was kept before this process started."""
    copies: Copies[Key] = Copies(KEPT)
    since = clock.now() - timedelta(seconds=WINDOW)
    newest = Mention.objects.order_by("-pk").values_list("pk", flat=True)[:RESTORED]
    rows = Mention.objects.filter(
        pk__in=list(newest), channel=channel, ours=False, deleted_at=None, created_at__gte=since
    ).order_by("pk")
    kept = list(rows.values_list("external_id", "person__external_id", "text", "created_at"))
    copies.restore(
        [(post, author) for post, author, _, _ in kept],
        [text for _, _, text, _ in kept],
        [at.timestamp() for *_, at in kept],
    )
    return copies
