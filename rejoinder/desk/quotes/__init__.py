"""What people praise, and asking them before anybody quotes it."""
