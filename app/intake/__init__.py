"""People in: the trust's own staff file keeps the program true."""
