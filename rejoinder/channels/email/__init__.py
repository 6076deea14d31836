"""E-mail: a mailbox heard by IMAP, answered by SMTP, in the same thread."""

from rejoinder.channels.email.email import Email

channel = Email
