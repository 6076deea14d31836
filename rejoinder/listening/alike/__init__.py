"""The same question: who asks what others ask, who asks something new, and when it changes."""
