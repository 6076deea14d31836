"""Where in the rows of mentions a moment lies, without an index on their times."""

from datetime import datetime

from rejoinder.listening.models import Mention


def first_since(at: datetime) -> int:
    """The number of the first mention heard since then, or one beyond the last.

    Numbers grow as mentions are heard, so a couple of dozen look-ups find it. What several triage
    processes wrote in the same moment may stand a little out of order: filter by time as well.
    """
    newest = Mention.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    low, high = 0, newest + 1
    while low < high:
        middle = (low + high) // 2
        found = Mention.objects.filter(pk__gte=middle).order_by("pk")
        row = found.values_list("pk", "heard_at").first()
        if row is None or row[1] >= at:
            high = middle
        else:
            low = row[0] + 1
    return low
