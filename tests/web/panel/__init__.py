"""What the organisation's own system knows, asked and shown."""
