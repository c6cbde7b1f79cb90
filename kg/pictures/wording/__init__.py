"""The words on the pictures, in both languages, where they would crowd the drawing."""
