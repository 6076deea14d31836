"""Drafts by a machine the owner chose: off by default, marked, sent by a person or not at all."""
