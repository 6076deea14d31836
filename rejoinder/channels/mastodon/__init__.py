"""The fediverse: mentions as they are notified, hashtags and public posts by timelines."""

from rejoinder.channels.mastodon.mastodon import Mastodon

channel = Mastodon
