"""What somebody needs to write a course: a beginning, a look at it as learners see it, and a package to hand on."""
