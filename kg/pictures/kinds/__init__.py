"""The pictures, a module or a folder each; its name is the name of the picture. See kg.pictures.drawing.Picture."""
