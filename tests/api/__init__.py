"""The desk as programs use it. Each answer is held against the document by somebody else's code."""
