"""Speed and memory with 7,000 people and two years of history, each figure beside the floor of its framework."""
