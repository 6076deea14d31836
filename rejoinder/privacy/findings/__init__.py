"""Reports of finders: people outside who tell us of a weakness or a leak before it harms."""
