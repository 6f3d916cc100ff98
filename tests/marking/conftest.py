from tests.marking.work_fixtures import course, writer

__all__ = ["course", "writer"]
