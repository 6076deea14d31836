"""What people ask for by their rights: access, correction, objection, erasure; with a clock."""
