"""The team: signing in, one's own settings, the rota, who is called."""
