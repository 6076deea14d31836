"""How long personal data is kept, and what holds it back from being deleted."""
