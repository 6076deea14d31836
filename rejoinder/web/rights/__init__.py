"""What people ask for by their rights, as the team sees and answers it."""
