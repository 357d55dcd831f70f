"""Attacks on the check of citations: python -m eval attacks."""
