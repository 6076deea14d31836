"""Desk: taking, drafting, answering, handing over and closing a conversation."""
