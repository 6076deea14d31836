"""What people agreed to, in which words and until when: a purpose of the vault opens by it."""
