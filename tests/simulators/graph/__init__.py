"""What the simulated Facebook and Instagram have in common: both speak the Graph API."""
