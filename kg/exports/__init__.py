"""The graph in the forms that other systems take.

A form is one function in a module of this folder, registered by `@form(name, ending, media)`. It takes a Selection and
returns text, bytes, or for a form of several files a dict from file name to bytes. Same selection, same bytes.
"""

from __future__ import annotations

from kg.exports.forms import FORMS, Form, export, form

__all__ = ["FORMS", "Form", "export", "form"]
