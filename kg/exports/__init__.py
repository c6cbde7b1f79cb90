"""The graph in the formats of other systems.

A format is one function in a module of kg/exports/formats/, registered by `@form(name, ending, media)`. It takes a
Selection and returns text, bytes, or, if it consists of several files, a dict from file name to bytes. The same
selection always gives the same bytes.
"""
