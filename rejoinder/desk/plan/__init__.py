"""The plan on the desk: what is known now, whom it keeps back, what a lead may set.

What decides is `budget.plan`, pure and the same in a drill; here are the tables around it.
"""
