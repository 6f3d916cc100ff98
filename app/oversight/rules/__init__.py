"""What a report holds, how it is kept, what of it is withheld, and in what two of them differ: all pure."""
