"""What people can do, in three voices that never overwrite each other: their own, their lead's, and the record's."""
