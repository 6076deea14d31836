"""A real django-helpdesk, in an environment of its own."""
