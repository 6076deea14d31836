"""The web form: a public contact page of the desk itself, answered on a page of its own."""

from rejoinder.channels.webform.webform import WebForm

channel = WebForm
