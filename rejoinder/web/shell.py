"""What the frame around every page shows: views with counts, allowances, who is signed in."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; nothing for people who are not signed in."""
    return {}
