"""How each bundled model was made; imports the rest, imported by nobody."""
