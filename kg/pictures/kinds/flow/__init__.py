"""The flow: ministry, programme, institution, domain, and the money between them."""

from kg.pictures.kinds.flow.data import read
from kg.pictures.kinds.flow.filtered import narrow
from kg.pictures.kinds.flow.layout import OPTIONS, SUMMARY, scene

__all__ = ["OPTIONS", "SUMMARY", "narrow", "read", "scene"]
