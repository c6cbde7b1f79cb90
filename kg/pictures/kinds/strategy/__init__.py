"""The tree of a strategy: its parts, measures and the money behind them."""

from kg.pictures.kinds.strategy.data import read, views
from kg.pictures.kinds.strategy.filtered import narrow
from kg.pictures.kinds.strategy.layout import OPTIONS, SUMMARY, name, scene

__all__ = ["OPTIONS", "SUMMARY", "name", "narrow", "read", "scene", "views"]
