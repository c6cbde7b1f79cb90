"""The pictures, one module or folder each, named after the picture. See kg.pictures.drawing.Picture."""
