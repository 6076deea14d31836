"""The careful reader: reads again, with more time, what was read at a glance as it was heard.

Neediest first, and newest of those, so that in a surge it falls behind where it matters least and
catches up afterwards. It also sees which mentions ask the same question, and learns from what
advisors said of both. One process does this at a time, because the likeness has one memory.
"""
