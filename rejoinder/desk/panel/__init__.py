"""What the organisation's own system knows about a customer: asked, shown, never kept."""
