"""The self-contained page around a picture: filters, views and what a click shows."""
