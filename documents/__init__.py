"""What a text is: load, normalise, describe, split."""
