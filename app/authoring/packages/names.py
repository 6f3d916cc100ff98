"""What the entries of a package may be called: plain relative names of text files, no two of them alike."""

import re
import unicodedata

LONGEST = 200
ENDINGS = (".md", ".yaml", ".svg")
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst", ".jar")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]*")
_DRIVE = re.compile(r"[A-Za-z]:")


def wrong_name(name: str, seen: dict[str, str]) -> str:
    """Why an entry may not be called so, as the end of a sentence, with the remedy; empty when it may.

    `seen` are the names before it, by how they would be found on a disk that knows no capitals; this one is added.
    """
    parts = name.removesuffix("/").split("/")
    said = _leads_out(name, parts) or _unlike(name, seen)
    if said:
        return said
    if any(part.startswith(".") for part in parts):
        return "is hidden. Leave it out of the package."
    if not all(_PLAIN.fullmatch(part) for part in parts):
        return "has a name that is not used here. Use small letters, digits and hyphens."
    if not name.endswith("/") and not name.endswith(ENDINGS):
        return _other_file(name)
    return ""


def _leads_out(name: str, parts: list[str]) -> str:
    if "\x00" in name or not name.isprintable():
        return "has an unprintable character in its name. Rename it."
    if "\\" in name:
        return "has a backslash in its name. Pack it with / between folders."
    if name.startswith("/") or _DRIVE.match(name):
        return "begins at the top of a disk. Pack the folder itself, not its whole path."
    if ".." in parts or "." in parts or "" in parts:
        return "leads out of its folder. Pack the folder again."
    return f"has a name of more than {LONGEST} characters. Shorten it." if len(name) > LONGEST else ""


def _unlike(name: str, seen: dict[str, str]) -> str:
    """A file's own name and those of the folders above it; a folder may be named again, a file may not."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    is_folder, key = folded.endswith("/"), folded.removesuffix("/")
    if not is_folder and key in seen:
        other = seen[key].removesuffix("/")
        same = "is there twice" if other == name else f"differs from '{other}' only in capital letters"
        return f"{same}. Keep one of the two."
    for at in [i for i, c in enumerate(key) if c == "/"] + ([len(key)] if is_folder else []):
        if seen.setdefault(key[:at], name[:at] + "/").removesuffix("/") != name[:at]:
            return f"differs from '{seen[key[:at]]}' only in capital letters. Keep one of the two."
        if not seen[key[:at]].endswith("/"):
            return "is in a folder that is a file, too. Rename one of the two."
    if not is_folder:
        seen[key] = name
    return ""


def _other_file(name: str) -> str:
    if name.endswith(ARCHIVES):
        return "is an archive within the archive. Put its files into the package themselves."
    return f"is no file of a course. A package holds {', '.join(ENDINGS[:-1])} and {ENDINGS[-1]} files only."
