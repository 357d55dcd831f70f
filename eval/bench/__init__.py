"""Retrieval, ours and others', side by side on the same passages and questions."""
