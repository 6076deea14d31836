"""Who is on duty when: working hours as people write them, changes of single days, coverage."""
