"""Waits on telephone lines that another system answers, brought in for the reports."""
