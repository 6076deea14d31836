"""What platforms allow: allowances, the plan of today, a drill."""
