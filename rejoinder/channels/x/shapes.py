"""What X answers, as far as the desk reads it (X API v2). Unknown fields are passed over."""

from typing import Any

from msgspec import Struct, field


class Fault(Struct):
    """The body of a refusal: RFC 9457, or what older parts of X say."""

    title: str = ""
    detail: str = ""
    type: str = ""
    errors: list[dict[str, Any]] = []
    error: str = ""
    error_description: str = ""


class Tokens(Struct):
    """The answer to a renewal; X gives a new renewal token each time."""

    access_token: str
    refresh_token: str = ""
    expires_in: float = 7200


class Processing(Struct):
    """How far X is with a film: pending, in_progress, succeeded or failed."""

    state: str = ""
    check_after_secs: float = 1.0
    error: dict[str, Any] = {}


class UploadedMedia(Struct):
    """A picture or film of ours, as X names it."""

    id: str
    processing_info: Processing | None = None


class Uploaded(Struct):
    """The answer to an upload."""

    data: UploadedMedia


class Metrics(Struct, frozen=True):
    """What X counts of somebody."""

    followers_count: int | None = None


class User(Struct):
    """Somebody."""

    id: str
    username: str = ""
    name: str = ""
    public_metrics: Metrics = Metrics()


class Me(Struct):
    """GET /2/users/me."""

    data: User


class Link(Struct):
    """A post that another one answers or quotes."""

    type: str
    id: str


class Named(Struct):
    """A person whom a post names."""

    username: str = ""
    id: str = ""


class Url(Struct):
    """A link in a post, which X shortens; one with a `media_key` X itself put behind the words."""

    url: str = ""
    expanded_url: str = ""
    media_key: str = ""


class Entities(Struct):
    """What X found in a text."""

    mentions: list[Named] = []
    urls: list[Url] = []


class Attachments(Struct):
    """The pictures of a post, by key."""

    media_keys: list[str] = []


class LongPost(Struct):
    """The whole text of a post that goes on past 280."""

    text: str = ""
    entities: Entities = field(default_factory=Entities)


class Tweet(Struct):
    """One post. The first of its history is the post before any edit."""

    id: str
    text: str = ""
    author_id: str = ""
    created_at: str = ""
    conversation_id: str = ""
    in_reply_to_user_id: str = ""
    lang: str = ""
    referenced_tweets: list[Link] = []
    edit_history_tweet_ids: list[str] = []
    entities: Entities = field(default_factory=Entities)
    attachments: Attachments = field(default_factory=Attachments)
    note_tweet: LongPost = field(default_factory=LongPost)


class MediaItem(Struct):
    """A picture or film."""

    media_key: str
    type: str = ""
    url: str = ""
    preview_image_url: str = ""
    alt_text: str = ""


class Includes(Struct):
    """People, pictures and posts that the posts of a page name."""

    users: list[User] = []
    media: list[MediaItem] = []
    tweets: list[Tweet] = []


class Meta(Struct):
    """Where the next page is."""

    next_token: str = ""
    newest_id: str = ""


class Missing(Struct):
    """Why one of the posts asked for is not there."""

    resource_id: str = ""
    value: str = ""
    title: str = ""
    type: str = ""


class Page(Struct):
    """A page of posts."""

    data: list[Tweet] = []
    includes: Includes = field(default_factory=Includes)
    meta: Meta = field(default_factory=Meta)
    errors: list[Missing] = []


class Rule(Struct):
    """A rule of the filtered stream."""

    value: str = ""
    id: str = ""
    tag: str = ""


class Streamed(Struct):
    """One line of the filtered stream, and the rules that found it."""

    data: Tweet
    includes: Includes = field(default_factory=Includes)
    matching_rules: list[Rule] = []


class Event(Struct):
    """A direct message."""

    id: str
    text: str = ""
    event_type: str = ""
    sender_id: str = ""
    created_at: str = ""
    dm_conversation_id: str = ""


class Events(Struct):
    """A page of direct messages."""

    data: list[Event] = []
    includes: Includes = field(default_factory=Includes)
    meta: Meta = field(default_factory=Meta)


class Written(Struct):
    """The post that was made."""

    id: str


class Posted(Struct):
    """The answer to POST /2/tweets."""

    data: Written


class Deletion(Struct):
    """Whether it was done."""

    deleted: bool


class Deleted(Struct):
    """The answer to DELETE /2/tweets/:id."""

    data: Deletion


class Message(Struct):
    """The message that was sent."""

    dm_event_id: str


class Messaged(Struct):
    """The answer to a direct message."""

    data: Message


class Rules(Struct):
    """The rules that stand."""

    data: list[Rule] = []


class Job(Struct):
    """A batch compliance job."""

    id: str
    status: str = ""
    upload_url: str = ""
    download_url: str = ""


class JobFound(Struct):
    """The answer to making a job, and to asking for one."""

    data: Job


class Redacted(Struct):
    """What a job says of one id; those that stand are not named."""

    id: str
    action: str = ""
