"""Whether somebody who did not tag us may be heard at all. Pure.

Their own servers leave out of searches who did not agree to be found (`indexable`), and many write
in their profile that they want no automatic reader. The desk keeps to both.
"""

from typing import Literal

import regex

from rejoinder.channels import hypertext
from rejoinder.channels.mastodon import reading, shapes

Found = Literal["tag", "words"]

_NO = regex.compile(r"#(?:no_?bots?|no_?index|no_?search|no_?archive)\b", regex.IGNORECASE)


def may_hear(status: shapes.Status, by: Found) -> bool:
    """Whether an untagged post may come to the desk.

    A hashtag is put there to be found; for words alone its author has to have agreed. Where a
    server does not know of that, no objection is agreement.
    """
    author = status.account
    if status.visibility != "public" or author.noindex or _NO.search(hypertext.words(author.note)):
        return False
    return by == "tag" or author.indexable is not False


def has(status: shapes.Status, phrase: str) -> bool:
    """Whether a post has these words, as a reader reads them."""
    return phrase.casefold() in reading.text(status).casefold()
