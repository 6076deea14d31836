"""Identity checks, from the link in a private reply to what the desk keeps."""

from rejoinder.web.identity import door


def open_gate() -> None:
    """Nobody has tried anything yet: tries are counted in memory."""
    door.strangers.forget()
