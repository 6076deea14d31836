"""What `rejoinder doctor` finds out about a site: read-only, each with what to do."""

from collections.abc import Iterator

from rejoinder.channels.contract import Finding, TroubleError
from rejoinder.channels.wordpress import shapes
from rejoinder.channels.wordpress.site import ME, Site

# What a desk does there, the right it needs, and whether a desk without it can do nothing.
RIGHTS = (
    ("hears and answers comments", "moderate_comments", True),
    ("publishes answers", "publish_posts", False),
    ("brings published answers up to date", "edit_published_posts", False),
    ("keeps answers at the top", "edit_others_posts", False),
)
REMEDY = "In WordPress, under Users, give {name} the role of an Editor."


def check(site: Site, label: str) -> list[Finding]:
    """Each finding by itself; the first trouble that hides the others ends the list."""
    try:
        found = site.read("/", shapes.Site, {"_fields": "name,authentication"})
        me = site.read(ME, shapes.Me, {"context": "edit", "_fields": "id,name,slug,capabilities"})
    except TroubleError as trouble:
        remedy = "Read the words of the site; connect the account again if needed."
        return [Finding(what=label, ok=False, words=trouble.words, remedy=remedy, serious=True)]
    return [
        Finding(what=label, ok=True, words=f"{found.name or site.address} answers {me.name}"),
        *_rights(me, label),
        *_clear_text(site, label),
    ]


def _rights(me: shapes.Me, label: str) -> Iterator[Finding]:
    has = me.capabilities if isinstance(me.capabilities, dict) else {}
    for does, right, serious in RIGHTS:
        if not has.get(right):
            yield Finding(
                what=f"{label}: {does}",
                ok=False,
                words=f"{me.name} may not: the right {right} is missing.",
                remedy=REMEDY.format(name=me.name),
                serious=serious,
            )


def _clear_text(site: Site, label: str) -> Iterator[Finding]:
    if site.address.startswith("http://"):
        yield Finding(
            what=f"{label}: encryption",
            ok=True,
            words="The password travels unencrypted to a host that the settings allow.",
        )
