"""What we write as a site takes it. Pure."""

import html
import re


def markup(text: str) -> str:
    """Plain words as a comment that shows exactly them; the site makes links and lines of it."""
    text = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return html.escape(text, quote=False)


def slug(title: str, key: str) -> str:
    """The last part of a post's address: words of its title, and the key that makes it unique."""
    ascii_only = title.lower().encode("ascii", "ignore").decode()
    found = "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:60].strip("-")
    return f"{found}-{key}" if found else key
