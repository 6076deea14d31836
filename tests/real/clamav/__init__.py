"""A real ClamAV, with one signature of our own."""
