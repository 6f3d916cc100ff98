"""Sign-offs in words: for whoever asks, and for whoever decides."""
