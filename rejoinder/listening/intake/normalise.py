"""What came from a platform, made fit to keep: clean text, believable times, bounded lengths."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from math import log2

import msgspec

from rejoinder.channels.contract import Contact, Media, Post

TEXT_CAP = 65_536  # code points
ID_CAP, PERSON_CAP, NAME_CAP, URL_CAP, LANGUAGE_CAP, REF_CAP = 500, 300, 300, 1000, 20, 20_000
CONTACTS, CONTACT_CAP = 5, 500
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
SKEW = timedelta(minutes=5)  # a platform's clock may be ahead of ours by this much

# Control characters but newline and tab, and halves of surrogate pairs.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_WEB = re.compile(r"https?://[^\s/?#\x00-\x1f][^\s\x00-\x1f\x7f\ud800-\udfff]*", re.IGNORECASE)
DOUBLE = 4  # steps of `followed`
_EVERYBODY = 10**10
_NO_MEDIA, _NO_REF = "[]", "{}"


class Understood(msgspec.Struct, gc=False):
    """A reading at a glance, as the columns of a mention hold it."""

    need: int
    intent: str
    sentiment: str
    reading: str | None


class Said(msgspec.Struct, gc=False):
    """One post as it is kept. `up` is the post that it hangs from, `media` and `ref` are JSON.

    `whole` means that it can be kept as a mention of its own: an edit may come without its author.
    """

    external_id: str
    account: int | None
    author_id: str
    handle: str
    name: str
    text: str
    created_at: datetime
    heard_at: datetime
    time_known: bool
    in_reply_to: str | None
    up: str | None
    tagged: bool
    public: bool
    ours: bool
    url: str
    language: str
    media: str
    ref: str
    whole: bool
    edited: bool
    deleted: bool
    # What is found out before it is kept (`understand.py`): the reading, the text with what is
    # personal in it if `text` hides that, the external id of the post that this is a copy of, the
    # watches that caught it, and whether it is not about us after all.
    understood: Understood | None = None
    original: str | None = None
    copy_of: str | None = None
    caught: tuple[int, ...] = ()
    hidden: bool | None = None  # None is not told
    elsewhere: bool = False
    followed: int | None = None
    contacts: tuple[Contact, ...] = ()


class UnfitError(ValueError):
    """This post cannot be kept; the message says why."""


def normalise(post: Post, account: int | None, heard_at: datetime) -> Said:
    """Make one post fit to keep. Raises UnfitError. `heard_at` is UTC with its zone."""
    deleted = post.kind == "delete"
    created_at, time_known = believable(post.created_at, heard_at)
    in_reply_to = _id(post.in_reply_to, post.external_id)
    return Said(
        external_id=_own_id(post.external_id),
        account=account,
        author_id=_person(post.author_id),
        handle=line(post.handle, NAME_CAP),
        name=line(post.name, NAME_CAP),
        text="" if deleted else clean(post.text),
        created_at=created_at,
        heard_at=heard_at,
        time_known=time_known,
        in_reply_to=in_reply_to,
        up=_id(post.root, post.external_id) or in_reply_to,
        tagged=post.tagged,
        public=post.public,
        ours=post.ours,
        url=web_address(post.url),
        language=line(post.language, LANGUAGE_CAP),
        media=_media(post.media) if post.media and not deleted else _NO_MEDIA,
        ref=_ref(post.ref) if post.ref and not deleted else _NO_REF,
        whole=post.kind == "post" or (post.kind == "edit" and bool(post.author_id)),
        edited=post.kind == "edit",
        deleted=deleted,
        hidden=None if post.shown is None else not post.shown,
        elsewhere=post.automatic,
        followed=followed(post.followers),
        contacts=_contacts(post.contacts) if post.contacts and not post.ours else (),
    )


def followed(followers: int | None) -> int | None:
    """How many follow somebody, in steps of a fifth more: enough to put people into fifths, and
    little else. None where nobody told.
    """
    if followers is None or followers < 0:
        return None
    return round(DOUBLE * log2(1 + min(followers, _EVERYBODY)))


def followers(followed: int) -> int:
    """About how many they are."""
    return round(2 ** (followed / DOUBLE)) - 1


def clean(text: str) -> str:
    """Text in NFC without control characters; of a very long one the start, saying so."""
    if len(text) > TEXT_CAP:
        text = f"{text[:TEXT_CAP]}\n[{len(text):,} characters came; the rest was left out.]"
    if text.isascii():
        return text if text.isprintable() else _UNFIT.sub("", text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", _UNFIT.sub("", text.replace("\r\n", "\n")))


def line(text: str, cap: int) -> str:
    """One short line: a name, a handle."""
    if len(text) <= cap and text.isascii() and text.isprintable():
        return text
    return " ".join(clean(text[: cap * 2]).split())[:cap]


def believable(created_at: datetime | None, heard_at: datetime) -> tuple[datetime, bool]:
    """When it was written in UTC, and whether that is known; else when it was heard."""
    if created_at is None:
        return heard_at, False
    if created_at.tzinfo is not UTC:
        created_at = _in_utc(created_at)
    if not EARLIEST <= created_at <= heard_at + SKEW:
        return heard_at, False
    return min(created_at, heard_at), True


def web_address(url: str) -> str:
    """The address if it is one of the web, and nothing otherwise."""
    return url if url and len(url) <= URL_CAP and _WEB.fullmatch(url) else ""


def _own_id(external_id: str) -> str:
    if not external_id:
        raise UnfitError("it has no id")
    if len(external_id) > ID_CAP:
        raise UnfitError(f"its id has {len(external_id)} characters, more than {ID_CAP}")
    if _UNFIT.search(external_id):
        raise UnfitError("its id has control characters")
    return external_id


def _person(author_id: str) -> str:
    if len(author_id) > PERSON_CAP:
        raise UnfitError(f"its author's id has more than {PERSON_CAP} characters")
    return _UNFIT.sub("", author_id)


def _id(given: str | None, own: str) -> str | None:
    """Another post's id, unless it is unfit or the post's own."""
    if not given or given == own or len(given) > ID_CAP or _UNFIT.search(given):
        return None
    return given


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first hours of year 1 in an eastern zone
        return moment.replace(tzinfo=UTC)


def _media(media: tuple[Media, ...]) -> str:
    fit = [
        {"kind": one.kind, "url": web_address(one.url), "alt": line(one.alt, URL_CAP)}
        for one in media[:20]
    ]
    return msgspec.json.encode(fit).decode()


def _contacts(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    fit = [Contact(each.kind, line(each.value, CONTACT_CAP)) for each in contacts[:CONTACTS]]
    return tuple(each for each in fit if each.value)


def _ref(ref: dict[str, object]) -> str:
    # PostgreSQL's jsonb holds no NUL; such a ref could not be sent back either.
    text = msgspec.json.encode(ref).decode()
    return text if len(text) <= REF_CAP and "\\u0000" not in text else _NO_REF
