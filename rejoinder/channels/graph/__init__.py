"""What channels of the Graph API have in common: signing in, asking, refusals, signed deliveries.

No channel itself: what is Facebook's or Instagram's own stands in their folders.
"""
