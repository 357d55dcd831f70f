"""Dialogues held with a pipeline, to see whether follow-up questions are understood."""
