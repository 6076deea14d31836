"""What was known, decided, said and promised, when and by whom."""
