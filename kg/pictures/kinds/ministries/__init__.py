"""The science and technology budget by ministry."""

from kg.pictures.kinds.ministries.data import name, read, views
from kg.pictures.kinds.ministries.layout import OPTIONS, SUMMARY, scene

__all__ = ["OPTIONS", "SUMMARY", "name", "read", "scene", "views"]
