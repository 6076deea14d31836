"""Who waits, and searching what was heard."""
