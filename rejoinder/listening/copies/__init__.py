"""Retweets, copies and near-copies: posts that are one item with a count."""
