"""What a crisis looks like in figures: volume, problems, questions, waits."""
