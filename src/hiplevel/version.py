"""Which hiplevel this is: what files and figures say they were made by."""

__version__ = "0.1.0"
