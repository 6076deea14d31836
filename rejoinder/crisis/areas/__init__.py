"""Which areas people name, and how many name each."""
