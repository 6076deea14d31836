"""Whether an account is theirs: asked of the organisation's own system, which alone can know."""
