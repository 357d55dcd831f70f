"""A stored run as one file that a browser shows without a network."""
