"""Instagram on loopback, as its API with Facebook Login tells it: media, comments, messages."""
