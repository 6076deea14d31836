"""Channels: one folder for each platform, all on one contract."""
