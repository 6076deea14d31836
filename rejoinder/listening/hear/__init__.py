"""How mentions come in: asked of accounts, handed in, imported from exports; framed for the log."""
