"""From Bluesky's views to posts as the desk hears them. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from rejoinder.channels.bluesky import labels, shapes
from rejoinder.channels.contract import Kind, Media, Post

IMAGES = "https://cdn.bsky.app/img/feed_fullsize/plain/{did}/{cid}@jpeg"
VIDEO = "https://video.bsky.app/watch/{did}/{cid}/playlist.m3u8"


def post(view: shapes.View, us: str, kind: Kind = "post") -> Post:
    """One view as a post; `us` is our DID, by which a mention knows that we are tagged.

    What is said of it by labels stands before its words, and pictures under a cover stay there.
    """
    record = shapes.record(view.record)
    ours = view.author.did == us
    values = labels.stand([*view.labels, *(record.labels.values if record.labels else ())])
    said = [] if ours else labels.told(values, labels.stand(view.author.labels))
    reply = record.reply or shapes.Reply()
    root = reply.root.cid
    return Post(
        external_id=view.uri,
        kind=kind,
        author_id=view.author.did,
        handle=view.author.handle,
        name=view.author.display_name,
        text=labels.before(said, record.text),
        created_at=moment(record.created_at),
        in_reply_to=reply.parent.uri or None,
        root=reply.root.uri or None,
        tagged=tagged(record, us),
        ours=ours,
        url=page(view.author.handle or view.author.did, view.uri),
        language=next(iter(record.langs), ""),
        media=() if labels.covered(values) else tuple(_media(record.embed, view.author.did)),
        ref={"cid": view.cid}
        | ({"root_cid": root} if root else {})
        | ({"labels": said} if said else {}),
    )


def version(post: Post) -> str:
    """What changes when a post is edited, or when more is said of it."""
    return " ".join([str(post.ref["cid"]), *post.ref.get("labels", ())])


def tagged(record: shapes.Record, us: str) -> bool:
    """Whether a post names us, answers us or quotes us, so that its author expects us to see it."""
    parent = record.reply.parent.uri if record.reply else ""
    return us in _named(record.facets) or any(
        author(uri) == us for uri in (parent, _quoted(record.embed))
    )


def author(uri: str) -> str:
    """The DID in an at:// address, or nothing."""
    return uri.removeprefix("at://").partition("/")[0] if uri.startswith("at://") else ""


def page(who: str, uri: str) -> str:
    """Where a person reads a post."""
    return f"https://bsky.app/profile/{who}/post/{uri.rpartition('/')[2]}"


def moment(text: str) -> datetime | None:
    """A time as records write it, in UTC; None when it is not one."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _named(facets: Iterable[dict[str, Any]]) -> set[object]:
    features = (feature for facet in facets for feature in _list(facet.get("features")))
    return {str(feature.get("did")) for feature in features if isinstance(feature, dict)}


def _quoted(embed: dict[str, Any]) -> str:
    inner = embed.get("record")
    if isinstance(inner, dict) and isinstance(inner.get("record"), dict):
        inner = inner["record"]  # recordWithMedia wraps once more
    return str(inner.get("uri", "")) if isinstance(inner, dict) else ""


def _media(embed: dict[str, Any], did: str) -> Iterator[Media]:
    inner = embed.get("media")
    if isinstance(inner, dict):
        yield from _media(inner, did)
    for image in _list(embed.get("images")):
        if isinstance(image, dict) and (cid := _blob(image.get("image"))):
            yield Media("image", IMAGES.format(did=did, cid=cid), str(image.get("alt", "")))
    if cid := _blob(embed.get("video")):
        yield Media("video", VIDEO.format(did=did, cid=cid), str(embed.get("alt", "")))


def _blob(value: Any) -> str:
    ref = value.get("ref") if isinstance(value, dict) else None
    return str(ref.get("$link", "")) if isinstance(ref, dict) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
