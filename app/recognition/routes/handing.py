"""How a file that somebody offered leaves the program: to be saved, never to be opened in the page."""

from urllib.parse import quote

from fastapi.responses import Response

from app.recognition.models import EvidenceFile


def handed_over(file: EvidenceFile) -> Response:
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in file.file_name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.file_name, safe='')}"
    return Response(file.content, media_type=file.media_type, headers={"Content-Disposition": disposition})
