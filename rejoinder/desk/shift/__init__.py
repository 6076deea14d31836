"""What one shift leaves to the next: `left` gathers it, `notes` are the words of who leaves."""
