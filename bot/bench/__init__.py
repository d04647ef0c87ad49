"""How fast reviews are: the same made-up messages for us and for other prose checkers."""
