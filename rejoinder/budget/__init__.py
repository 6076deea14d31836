"""Budget: what a platform lets us do in a window, reserved before it is spent."""
