"""The window: shows what core computes. Data comes in through Session.edit, frames go out to plots and panels."""
