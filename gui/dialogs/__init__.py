"""Dialogs: shown on demand, one file each."""
