"""Several pieces of news about one post, made one: a deletion wins, then the last edit."""

from collections.abc import Iterable

import msgspec

from rejoinder.listening.intake.normalise import Said


def fold(heard: Iterable[Said]) -> list[Said]:
    """One of each post, in the order in which each was first heard.

    The order between a post and its edits or deletions does not matter; of several edits the one
    heard last counts, of several copies of a post the first.
    """
    posts: dict[str, Said] = {}
    for said in heard:
        before = posts.setdefault(said.external_id, said)
        if before is not said:
            posts[said.external_id] = joined(before, said)
    return list(posts.values())


def joined(before: Said, later: Said) -> Said:
    """Two pieces of news about the same post as one."""
    base = before if before.whole or not later.whole else later
    words = later if later.edited or not before.edited else before
    if not words.edited:
        words = base
    deleted = before.deleted or later.deleted
    return msgspec.structs.replace(
        base,
        text="" if deleted else words.text,
        media="[]" if deleted else words.media,
        understood=None if deleted else words.understood,
        original=None if deleted else words.original,
        copy_of=None if deleted else words.copy_of,
        caught=() if deleted else words.caught,
        hidden=base.hidden if words.hidden is None else words.hidden,
        elsewhere=words.elsewhere,
        edited=before.edited or later.edited,
        deleted=deleted,
        whole=before.whole or later.whole,
    )
