from tests.marking.work_fixtures import browser, course, writer

__all__ = ["browser", "course", "writer"]
