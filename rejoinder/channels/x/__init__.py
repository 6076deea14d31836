"""X: mentions and untagged posts, replies by its API to who called us, by hand to the others."""

from rejoinder.channels.x.x import X

channel = X
