"""Flickr: comments on our photos, answered below them."""

from rejoinder.channels.flickr.flickr import Flickr

channel = Flickr
