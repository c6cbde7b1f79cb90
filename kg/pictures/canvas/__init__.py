"""What every picture is drawn with: SVG, text, colours, fonts, bands, outlines."""
