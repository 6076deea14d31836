"""Team: the advisors, what each may do, and the audit line each change leaves."""
