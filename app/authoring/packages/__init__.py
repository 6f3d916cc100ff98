"""A course as one file, to move between trusts. What comes from elsewhere is checked before a byte of it is kept."""

from app.authoring.packages.exporting import export_course
from app.authoring.packages.importing import Imported, import_course

__all__ = ["Imported", "export_course", "import_course"]
