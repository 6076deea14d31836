"""pretend."""
