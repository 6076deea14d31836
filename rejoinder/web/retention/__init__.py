"""How long personal data is kept, and legal holds, as people see and set them."""
