"""Instagram: comments, mentions and messages of an account, answered where they stand."""

from rejoinder.channels.instagram.instagram import Instagram

channel = Instagram
