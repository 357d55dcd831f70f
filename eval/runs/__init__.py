"""Runs that were stored: compared, listed over time, asked again."""
