"""Web: the pages. They show and ask; no rule lives here."""
