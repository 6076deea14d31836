"""Telling the people on duty outside the pages: by e-mail, and by signed webhook."""
