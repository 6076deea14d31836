"""WordPress: comments on the posts of a site, answered below them; public answers as its posts."""

from rejoinder.channels.wordpress.wordpress import WordPress

channel = WordPress
