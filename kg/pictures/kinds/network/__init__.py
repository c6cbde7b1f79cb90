"""The network: who administers, funds, implements and hosts what, in fixed layers."""

from kg.pictures.kinds.network.data import read
from kg.pictures.kinds.network.filtered import narrow
from kg.pictures.kinds.network.layout import MEASURES, OPTIONS, SUMMARY, scene

__all__ = ["MEASURES", "OPTIONS", "SUMMARY", "narrow", "read", "scene"]
