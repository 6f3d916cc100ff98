"""The course files as they stand at this moment, and a learner who has just begun them: in memory, and nowhere else."""
