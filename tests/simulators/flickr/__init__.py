"""A Flickr on loopback: photos, comments, activity, OAuth 1.0a, limits and refusals."""
