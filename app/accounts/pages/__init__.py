"""What is shown about accounts."""
