"""What helps with the next reply: what colleagues said to the same question, what to do next."""
