"""What the organisation's own system knows about a customer, on a page of its own."""
