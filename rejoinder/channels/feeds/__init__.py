"""Feeds of blogs and forums, Webmention and pingback: heard by programs, answered by people."""

from rejoinder.channels.feeds.feeds import Feeds

channel = Feeds
