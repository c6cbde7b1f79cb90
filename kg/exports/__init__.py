"""The graph in the forms that other systems take, and answers as text.

A form is one function in a module of kg/exports/formats/, registered by `@form(name, ending, media)`. It takes a
Selection and returns text, bytes, or for a form of several files a dict from file name to bytes. Same selection, same
bytes.
"""
