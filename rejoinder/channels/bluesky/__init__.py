"""Bluesky: mentions, replies and quotes as notified, untagged posts by search, messages."""

from rejoinder.channels.bluesky.bluesky import Bluesky

channel = Bluesky
