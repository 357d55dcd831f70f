"""An exam made from the user's own documents, by rules."""
