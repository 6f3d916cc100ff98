from tests.assessment.course import courses, learner, timed

__all__ = ["courses", "learner", "timed"]
