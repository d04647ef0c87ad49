"""Boundary Coach: reads a draft to a client who is also a friend, and says kindly where a line blurs."""
