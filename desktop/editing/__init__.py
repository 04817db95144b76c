"""Dialogs in which a person puts right what the machine read: a claim, an event."""
