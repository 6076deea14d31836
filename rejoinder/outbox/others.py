"""Posts made on our accounts by other clients: they spend of the same limits.

Our own timeline shows them among what is heard. What this desk sent itself is not theirs, and what
it is still sending may be: a post is looked at when every attempt that began before it was heard
has come to an end.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from rejoinder.budget.observe import seen
from rejoinder.listening.models import Mention
from rejoinder.outbox import lock
from rejoinder.outbox.models import UNSETTLED
from rejoinder.outbox.ways import WAYS
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Offset

READER = "posts by others"
AT_ONCE = 200
# A reply nobody can look up stays in doubt for days; then we count it once more, not once less.
PATIENCE = timedelta(minutes=5)
# Longer ago it is history that somebody imported.
LATELY = timedelta(days=1)


def count_others() -> int:
    """Count what was heard since the last look; how many posts of other clients there were."""
    newest = Mention.objects.aggregate(last=Max("id"))["last"] or 0
    with transaction.atomic():
        # What was heard before the desk began to count is not of this hour.
        offset, _ = Offset.objects.select_for_update().get_or_create(
            reader=READER, defaults={"value": newest}
        )
        if offset.value >= newest:
            return 0
        posts = _heard(offset.value, newest)
        settled = _settled(posts)
        theirs = [post for post in settled if not _sent_by_us(post)]
        for post in theirs:
            lock.alarm(post)
            if post.account is not None and post.created_at > clock.now() - LATELY:
                seen(post.account, post.created_at)
        offset.value = _looked_at(offset.value, newest, posts, settled)
        offset.save(update_fields=["value"])
    return len(theirs)


def _looked_at(
    before: int, newest: int, posts: Sequence[Mention], settled: Sequence[Mention]
) -> int:
    if len(settled) == len(posts) < AT_ONCE:
        return newest
    return settled[-1].pk if settled else before


def _heard(after: int, newest: int) -> list[Mention]:
    ours = Mention.objects.filter(ours=True, id__gt=after, id__lte=newest)
    return list(ours.select_related("account").order_by("id")[:AT_ONCE])


def _settled(posts: Sequence[Mention]) -> list[Mention]:
    """Those up to the first for which an attempt is under way that may have made it."""
    found: list[Mention] = []
    for post in posts:
        if clock.now() - post.heard_at < PATIENCE and _doubtful(post):
            break
        found.append(post)
    return found


def _sent_by_us(post: Mention) -> bool:
    same = {"account": post.account_id, "external_id": post.external_id}
    return any(way.model.objects.filter(**same).exists() for way in WAYS)


def _doubtful(post: Mention) -> bool:
    """Whether an attempt began before it was heard and has not come to an end."""
    begun = {"account": post.account_id, "state__in": UNSETTLED, "sending_at__lte": post.heard_at}
    return any(way.model.objects.filter(**begun).exists() for way in WAYS)
