"""Archives that platforms give to whoever has an account: packed, large, and made by others."""

from rejoinder.listening.hear.archives.archive import Archive, opened

__all__ = ["Archive", "opened"]
