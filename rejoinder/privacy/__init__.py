"""Personal data: found, masked, sealed, and opened only for a purpose."""
