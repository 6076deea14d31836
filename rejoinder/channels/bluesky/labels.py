"""What moderators and authors themselves say of a post or an account by labels. Pure.

atproto.com/specs/label. Servers show those that stand; a negation is passed on all the same.
"""

from collections.abc import Iterable

from rejoinder.channels.bluesky import shapes

# Pictures under these are behind a cover on Bluesky; the desk leaves them there.
COVERED = {"porn", "sexual", "nudity", "graphic-media", "gore", "sexual-figurative"}
COVERED |= {"!hide", "!warn"}
# Of who may see it, not of what it is: the desk shows words only to colleagues who signed in.
SILENT = {"!no-unauthenticated", "!no-promote"}
LONGEST, MOST = 40, 6  # letters of one, labels of a post; anybody may run a labeller


def stand(found: Iterable[shapes.Label]) -> list[str]:
    """The values that stand, in the order of the alphabet."""
    last = {(label.src, label.uri, label.val): label for label in found}
    return sorted({label.val for label in last.values() if label.val and not label.neg})


def told(post: Iterable[str], account: Iterable[str]) -> list[str]:
    """What is to be said of them, a few words each."""
    said = [value.removeprefix("!") for value in post if value not in SILENT]
    said += [f"account: {value.removeprefix('!')}" for value in account if value not in SILENT]
    return [" ".join(each[:LONGEST].split()) for each in said[:MOST]]


def before(words: list[str], text: str) -> str:
    """The text with what is said of it in front, as readers meet it."""
    return f"[{', '.join(words)}]\n\n{text}".strip() if words else text


def covered(values: Iterable[str]) -> bool:
    """Whether pictures stay where they are."""
    return not COVERED.isdisjoint(values)
