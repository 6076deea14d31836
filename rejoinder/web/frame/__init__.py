"""What all pages share: who acts, the frame around them, words for values, errors."""
