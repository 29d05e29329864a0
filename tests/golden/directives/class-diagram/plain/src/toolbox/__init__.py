from toolbox.stores import Store

__all__ = ["Store"]
