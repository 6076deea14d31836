"""Bluesky: mentions, replies and quotes as they are notified, untagged posts by search."""

from rejoinder.channels.bluesky.bluesky import Bluesky

channel = Bluesky
