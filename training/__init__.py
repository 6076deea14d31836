"""Makes the shipped model: posts, labels, and what learns from them."""
