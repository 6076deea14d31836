"""A YouTube on loopback: threads, replies, moderation, units, held to the discovery document."""
