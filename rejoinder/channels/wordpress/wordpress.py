"""WordPress on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from rejoinder.channels.contract import (
    Can,
    Channel,
    Connection,
    Count,
    Field,
    Finding,
    Heard,
    Hiding,
    Http,
    Identity,
    Limit,
    Outgoing,
    Publication,
    Receipt,
    Seen,
    Sent,
    Standing,
    Step,
)
from rejoinder.channels.wordpress import (
    changing,
    checking,
    markup,
    publishing,
    reading,
    sending,
    shapes,
)
from rejoinder.channels.wordpress.listening import Listening
from rejoinder.channels.wordpress.noticing import Cursor
from rejoinder.channels.wordpress.site import ME, Site, address

COMMENT = 65_525  # bytes (wp_get_comment_fields_max_lengths)
POST = 4_294_967_295  # bytes of a LONGTEXT column


class WordPress(Channel):
    """One site of WordPress 5.6 or newer, as one of its users."""

    name = "wordpress"
    label = "WordPress"
    glyph = "M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2"
    can = Can(edit=True, delete=True, hide=True, publish=True, reads_back=True)
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "On your site make a user for the desk with the role Editor, and sign in as that user.",
            "WordPress",
            ("Users", "Add New User"),
            (Seen("Role", "Editor"),),
            "Add New User",
        ),
        Step(
            "Make an application password for the desk, and copy it into the field below.",
            "WordPress",
            ("Users", "Profile", "Application Passwords"),
            (
                Seen("New Application Password Name", "Rejoinder"),
                Seen("Your new password", copy="password"),
            ),
            "Add New Application Password",
        ),
    )
    form = (
        Field(name="url", label="Site", help="The address of its front page."),
        Field(name="user", label="User name", help="Of a user who is an Editor there."),
        Field(
            name="password",
            label="Application password",
            help="Make one for the desk in WordPress under Users, Profile.",
            secret=True,
        ),
    )
    poll: ClassVar[float] = 10.0

    def __init__(
        self,
        connection: Connection,
        http: Http,
        keep: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__(connection, http, keep)
        self._site = Site(connection, http)

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """None is published: a site slows readers to a comment in 15 seconds, moderators never.

        A host may have limits all the same. One a second burdens no site, and is where learning
        from a refusal begins.
        """
        return (Limit(name="minute", cap=60, window=60, published=False),)

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Bytes of UTF-8 with its markup characters written out."""
        used, allowed = len(markup.markup(text).encode()), COMMENT if reply else POST
        return Count(used, allowed, used <= allowed)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """The end of a post's address; for comments the site takes none."""
        return f"{int(created_at.timestamp() * 1000):x}-{number:x}"

    def identify(self) -> Identity:
        """The user on the site; their right to moderate shows when it is first heard."""
        me = self._site.read(ME, shapes.Me, {"context": "edit", "_fields": "id,name,slug"})
        site = self._site.read("/", shapes.Site, {"_fields": "name"})
        where = reading.site(self._site.address)
        return Identity(
            external_id=f"{where}#user-{me.id}",
            handle=f"{me.slug}@{where}" if me.slug else where,
            name=site.name,
            url=f"{self._site.address}/",
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """New comments, ours too; edits and deletions among the last 300."""
        known = msgspec.convert(cursor, Cursor)
        return Listening(self._site, known).run()

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A comment below theirs."""
        return sending.send(self._site, outgoing)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our comment below theirs, read from the site."""
        return sending.find(self._site, outgoing)

    def edit(self, standing: Standing) -> Sent:
        """Other words in the same comment."""
        return changing.edit(self._site, standing)

    def delete(self, standing: Standing) -> Sent:
        """To the bin of the site, where a moderator may bring it back."""
        return changing.delete(self._site, standing)

    def hide(self, hiding: Hiding) -> Sent:
        """Held for a moderator, or approved."""
        return changing.hide(self._site, hiding)

    def publish(self, publication: Publication, key: str) -> Sent:
        """A post of the site, or the one that was made, written anew: the site keeps revisions."""
        return publishing.publish(self._site, publication, key)

    def find_published(self, publication: Publication, key: str) -> Receipt | None:
        """The post under its key, or the one made before, if it says this."""
        return publishing.find(self._site, publication, key)

    def check(self) -> list[Finding]:
        """That the password opens, and what its user may do."""
        where = reading.site(address(self.connection.settings.get("url", "")))
        return checking.check(self._site, f"{self.label} {where}")
