"""Facebook: comments on a Page's posts and messages to it, answered where they stand."""

from rejoinder.channels.facebook.facebook import Facebook

channel = Facebook
