"""A Graph API on loopback: a Page's comments and messages, tokens, percentages, webhooks."""
