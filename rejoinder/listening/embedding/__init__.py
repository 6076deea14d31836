"""What a text means as a vector."""
