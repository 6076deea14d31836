"""What the templates of the desk can write."""
