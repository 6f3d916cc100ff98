"""What HR sees of the staff record: files, imports, and records that may be one person."""
