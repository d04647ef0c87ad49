"""The second reader: a small local model that finds what no phrase list can; nothing leaves the machine."""
