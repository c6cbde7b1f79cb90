"""The matrix: who receives money for what."""

from kg.pictures.kinds.matrix.data import read
from kg.pictures.kinds.matrix.filtered import narrow
from kg.pictures.kinds.matrix.layout import OPTIONS, SUMMARY, scene

__all__ = ["OPTIONS", "SUMMARY", "narrow", "read", "scene"]
