"""Columns: lists side by side, as each arranges them."""
