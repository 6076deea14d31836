"""What a WordPress site answers, as far as the desk reads it (developer.wordpress.org/rest-api).

Unknown fields are passed over; a shape that does not fit is msgspec.ValidationError. PHP writes an
empty map as an empty list, so a map may be either.
"""

from typing import Any

from msgspec import Struct, field


class Fault(Struct):
    """The body of a refusal: a name for programs and words, with markup, for people."""

    code: str = ""
    message: str = ""


class Text(Struct):
    """A text as it was written; `rendered` is what readers are shown."""

    raw: str = ""
    rendered: str = ""


class Comment(Struct):
    """One comment. `author` is 0 for a reader, who has no account on the site."""

    id: int
    post: int = 0
    parent: int = 0
    author: int = 0
    author_name: str = ""
    date_gmt: str = ""
    content: Text = field(default_factory=Text)
    status: str = ""
    author_avatar_urls: dict[str, str] | list[Any] = field(default_factory=dict)


class Me(Struct):
    """Who the application password belongs to, and what they may do there."""

    id: int
    name: str = ""
    slug: str = ""
    capabilities: dict[str, bool] | list[Any] = field(default_factory=dict)


class Site(Struct):
    """What the site tells of itself before anybody signs in."""

    name: str = ""
    authentication: dict[str, Any] | list[Any] = field(default_factory=dict)


class Entry(Struct):
    """A post of the site."""

    id: int
    link: str = ""
    status: str = ""
    sticky: bool = False
    title: Text = field(default_factory=Text)
    content: Text = field(default_factory=Text)
