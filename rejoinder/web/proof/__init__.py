"""Who did what, and who opened what: the pages of the auditor."""
