"""Accounts that pass themselves off as ours."""
