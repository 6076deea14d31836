"""A desk with a team, their hours and a morning's posts, for pictures of it."""

import json
from pathlib import Path

from tests.browser.desk import Desk

POSTS = Path(__file__).parent / "pictures" / "posts.json"


def furnish(desk: Desk) -> dict[str, str]:
    """The conversations by who began them."""
    for name, role in (
        ("Alice", "advisor"),
        ("Bob", "advisor"),
        ("Dan", "lead"),
        ("Olga", "owner"),
    ):
        desk.do("link", name=name, role=role)
    posts = json.loads(POSTS.read_text(encoding="utf-8"))
    talks = {post["name"]: desk.do("says", **post) for post in posts}
    desk.do("takes", name="Bob", talk=talks["Tom"])
    desk.do(
        "notes",
        name="Bob",
        talk=talks["Tom"],
        text="@Olga, for the shops too: the alarm keeps the dead mast until it "
        "is restarted: hold the button for ten seconds.",
    )
    desk.do(
        "hands", giver="Bob", taker="Alice", talk=talks["Tom"], note="you know the alarm people"
    )
    desk.do("takes", name="Bob", talk=talks["Ewan"])
    desk.do("works", name="Alice", hours="Mon-Fri 7-15")
    desk.do("works", name="Bob", hours="Mon-Thu 14-22, Sat 9-17")
    return talks
