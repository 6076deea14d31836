"""YouTube: comments on a channel's videos, answered below them."""

from rejoinder.channels.youtube.youtube import YouTube

channel = YouTube
