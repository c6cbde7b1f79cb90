"""What each picture shows under a filter: one module a picture that a page can narrow, with a function `narrow`."""
