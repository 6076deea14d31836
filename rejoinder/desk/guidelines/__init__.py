"""How the organisation wants to sound: rules with examples, in versions, commented on by all."""
