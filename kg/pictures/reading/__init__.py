"""What the pictures show, read from the stored questions: one module a picture, plain dataclasses."""
