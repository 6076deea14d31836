"""Identity checks: offered beside the reply, begun at the public door, answered by a machine."""
