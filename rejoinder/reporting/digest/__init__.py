"""The themes of an area, told to one of its experts each week, and what they answer."""
