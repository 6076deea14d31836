"""Which thread each post belongs to, in whatever order the posts of a thread arrive.

A post hangs from the root that its platform told, or else from the post it answers. Its thread is
named after the last post on that way up, even while that one was never heard. A post that is
heard late may itself hang from another: then the thread named after it goes on under that name.
Posts that hang from each other in a circle are one thread too, named after one of them.
"""

from collections.abc import Collection, Mapping


def threads(
    ups: Mapping[str, str | None], known: Mapping[str, str], names: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The thread of each new post, and the threads that go on under another name.

    `ups` says for each new post what it hangs from. `known` gives the thread of posts that are
    kept already: of all that are named in `ups`. `names` are those new posts after which a
    thread of kept posts is named.
    """
    found: dict[str, str] = {}
    for post, up in ups.items():
        if up is None:
            found[post] = post
        elif post not in found:
            _climb(post, ups, known, found)
    renamed = {name: found[name] for name in names if found[name] != name}
    return found, renamed


def _climb(
    post: str, ups: Mapping[str, str | None], known: Mapping[str, str], found: dict[str, str]
) -> None:
    """Go up from one post, and name the thread of each new post on the way."""
    way: dict[str, None] = {}
    at = post
    while at not in found and at not in way:
        way[at] = None
        above = ups[at] if at in ups else known.get(at)
        if above is None or above == at:
            break
        at = above
    name = found.get(at) or _name(list(way), at)
    found.update((step, name) for step in way if step in ups)


def _name(way: list[str], end: str) -> str:
    """The end of the way; in a circle the smallest of it, wherever one came in."""
    circle = way[way.index(end) :]
    return min(circle)
