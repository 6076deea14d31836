"""What everybody may read: answers, their versions, a feed, the log, short links; no sign-in."""
