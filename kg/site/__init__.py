"""A release in one folder: the data in all formats, its metadata, and a static site with a page for each of its IRIs.

index → pages, vocabulary, dcat_ap → catalogue, rules → release: each module uses only those before it.
"""
