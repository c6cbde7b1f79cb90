"""Drawing tools shared by all pictures: SVG, text, colours, fonts, bands, outlines."""
