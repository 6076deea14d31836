"""What to answer now, what to hold and why: the plan for scarce replies. Pure."""
