"""What Flickr answers (https://www.flickr.com/services/api/), with `format=json`. Pure."""

from msgspec import Struct, field


class Text(Struct):
    """A text with its odd name."""

    content: str = field(name="_content", default="")


class Fault(Struct):
    """Each answer says whether it is one; a refusal says why."""

    stat: str = ""
    code: int = 0
    message: str = ""


class Comment(Struct):
    """A comment on a photo; its time in seconds since 1970."""

    id: str
    author: str = ""
    authorname: str = ""
    realname: str = ""
    datecreate: str = "0"
    permalink: str = ""
    content: str = field(name="_content", default="")


class Comments(Struct):
    """All comments on a photo, oldest first; none leaves the list away."""

    comment: list[Comment] = []


class CommentList(Struct):
    """Of flickr.photos.comments.getList."""

    comments: Comments


class Item(Struct):
    """A photo or a set on which something happened."""

    type: str
    id: str
    title: Text = field(default_factory=Text)


class Items(Struct):
    """A page of them."""

    item: list[Item] = []
    page: int | str = 1
    pages: int | str = 1


class Activity(Struct):
    """Of flickr.activity.userPhotos."""

    items: Items


class Made(Struct):
    """The comment that was made."""

    id: str


class Added(Struct):
    """Of flickr.photos.comments.addComment."""

    comment: Made


class User(Struct):
    """Whose token it is."""

    nsid: str
    username: str = ""
    fullname: str = ""


class Token(Struct):
    """What a token may do: none, read, write or delete."""

    user: User
    perms: Text = field(default_factory=Text)


class Checked(Struct):
    """Of flickr.auth.oauth.checkToken."""

    oauth: Token
