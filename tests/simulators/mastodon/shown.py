"""Rows as the API shows them."""

from datetime import datetime
from typing import Any

from tests.simulators.mastodon import markup
from tests.simulators.mastodon.world import HOST, File, Notified, Person, Status, World


def account(person: Person) -> dict[str, Any]:
    """Somebody (docs.joinmastodon.org/entities/Account)."""
    return {
        "id": person.id,
        "username": person.name,
        "acct": person.acct,
        "display_name": person.name.title(),
        "locked": False,
        "bot": False,
        "discoverable": True,
        "indexable": person.indexable,
        "group": False,
        "created_at": "2024-01-01T00:00:00.000Z",
        "note": f"<p>{person.note}</p>" if person.note else "",
        "url": person.page,
        "uri": person.page.replace("/@", "/users/"),
        "avatar": f"https://{HOST}/avatar.png",
        "avatar_static": f"https://{HOST}/avatar.png",
        "header": f"https://{HOST}/header.png",
        "header_static": f"https://{HOST}/header.png",
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": 0,
        "last_status_at": None,
        "emojis": [],
        "fields": [],
    }


def status(said: Status, world: World) -> dict[str, Any]:
    """A post (docs.joinmastodon.org/entities/Status)."""
    people = {each.acct.lower(): each.page for each in said.named}
    people |= {f"{each.acct}@{HOST}".lower(): each.page for each in said.named if not each.host}
    answered = world.statuses.get(said.answers or "")
    return {
        "id": said.id,
        "created_at": moment(said.at),
        "in_reply_to_id": said.answers,
        "in_reply_to_account_id": answered.author.id if answered else None,
        "sensitive": bool(said.warning),
        "spoiler_text": said.warning,
        "visibility": said.visibility,
        "language": "en",
        "uri": said.uri,
        "url": f"{said.author.page}/{said.id}",
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "edited_at": moment(said.edited_at) if said.edited_at else None,
        "favourited": False,
        "reblogged": False,
        "muted": False,
        "bookmarked": False,
        "pinned": said.pinned,
        "content": markup.shown(said.text, people),
        "filtered": [],
        "reblog": None,
        "account": account(said.author),
        "media_attachments": [media(each) for each in said.media],
        "mentions": [
            {"id": each.id, "username": each.name, "url": each.page, "acct": each.acct}
            for each in said.named
        ],
        "tags": [
            {"name": tag.lower(), "url": f"https://{HOST}/tags/{tag.lower()}"}
            for tag in markup.HASHTAG.findall(said.text)
        ],
        "emojis": [],
        "card": None,
        "poll": None,
    }


def media(file: File) -> dict[str, Any]:
    """A picture or film (docs.joinmastodon.org/entities/MediaAttachment)."""
    ending = ".mp4" if file.media_type == "video/mp4" else ".jpg"
    return {
        "id": file.id,
        "type": "video" if file.media_type == "video/mp4" else "image",
        "url": f"https://{HOST}/media/{file.id}{ending}" if file.done else None,
        "preview_url": f"https://{HOST}/media/{file.id}-small.jpg",
        "remote_url": None,
        "meta": {},
        "description": file.description,
        "blurhash": None,
    }


def notification(notice: Notified, world: World) -> dict[str, Any]:
    """Somebody named us."""
    return {
        "id": notice.id,
        "type": "mention",
        "created_at": moment(notice.at),
        "account": account(notice.status.author),
        "status": status(notice.status, world),
    }


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
