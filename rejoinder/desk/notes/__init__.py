"""Notes among colleagues: who is called in them (`names`, pure), and what waits for whom."""
