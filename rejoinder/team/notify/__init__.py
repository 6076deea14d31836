"""Telling the people on duty outside the pages: by e-mail, on their devices, by signed webhook."""
