from tests.assessment.course import courses, learner

__all__ = ["courses", "learner"]
