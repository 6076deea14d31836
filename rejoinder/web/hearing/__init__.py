"""What is listened for and what is understood: watches, questions, safety cards."""
