"""What the commands share: the parser, and the terminal."""
