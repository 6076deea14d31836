"""One account of ours: what a platform can do, what is filled in, who we are there. Pure."""

import msgspec


class FilmLimit(msgspec.Struct, frozen=True, kw_only=True):
    """How large and how long a film of a reply may be, in bytes and seconds."""

    size: int
    seconds: int


class Can(msgspec.Struct, frozen=True, kw_only=True):
    """What a channel can do. `reads_back` means that an uncertain send can be looked up; `record`
    that what is sent there is the record of what a person did. `pictures` is how many a reply may
    carry, `private_pictures` the same of one for its reader alone; `film` is what one film may be,
    which leaves without pictures beside it, and in private too with `private_film`. `hide` means
    that what others write on a page of ours can be hidden there; which of it, `Channel.hides` says.
    """

    reply: bool = True
    private: bool = False
    edit: bool = False
    delete: bool = False
    hide: bool = False
    publish: bool = False
    untagged: bool = False
    media_in: bool = False
    pictures: int = 0
    private_pictures: int = 0
    film: FilmLimit | None = None
    private_film: bool = False
    reads_back: bool = False
    by_hand: bool = False
    record: bool = False


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to fill in when an account is connected."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""


class Seen(msgspec.Struct, frozen=True):
    """One line of a platform's page as a drawing shows it, in the platform's own words.

    `give` is what is typed or chosen there, where {back} is the desk's address to come back to;
    `copy` is the name of the field of ours that its value is copied to.
    """

    label: str
    give: str = ""
    copy: str = ""


class Step(msgspec.Struct, frozen=True):
    """One thing to do on a platform before connecting. `words` say all of it, with {back} as above.

    The rest draws where it is done, for whoever would rather look: the site or app `at` which, the
    `trail` of menus there, what is `seen` on the page, and what to `press`. Nothing is drawn where
    `at` is empty.
    """

    words: str
    at: str = ""
    trail: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    press: str = ""


class Authorization(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person allows the desk to act for an account, on the platform's own page.

    `kept` is what is needed when they come back, such as a verifier; the desk keeps it sealed.
    """

    url: str
    kept: dict[str, str] = {}


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """One account of ours, opened: what was filled in, and who the platform says we are."""

    settings: dict[str, str]
    secrets: dict[str, str]
    external_id: str = ""
    handle: str = ""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are on a platform, as it said when we connected.

    `learned` are settings that nobody fills in, such as how long a post may be on this server.
    """

    external_id: str
    handle: str
    name: str = ""
    url: str = ""
    learned: dict[str, str] = {}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One result of a check: what was looked at, what was found, what to do."""

    what: str
    ok: bool
    words: str
    remedy: str = ""
    serious: bool = False
