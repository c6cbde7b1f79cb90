"""A release as one folder: the data in all forms, their description, a static site that answers for every IRI of ours.

index → pages, vocabulary, catalog, rules → folder: each knows only those before it.
"""
