"""How much a staff file may be. A trust of 50,000 staff, with twenty columns each, is a fifth of it."""

LARGEST_FILE = 60 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 500

# A spreadsheet is an archive: what it holds once unpacked. A sheet of 200,000 rows by 20 columns is about 200 MB.
MOST_PARTS = 4_000
LARGEST_SHEET = 400 * 1024 * 1024
LARGEST_PART = 64 * 1024 * 1024
LARGEST_IN_ALL = 800 * 1024 * 1024
LONGEST_TAG = 4 * 1024 * 1024
MOST_ELEMENTS = 30_000_000
MOST_TEXT = 200_000_000
# Spreadsheets come to 20 to 60 times their packed size where much is formatted and empty; bombs to about 1,000.
LARGEST_RATIO = 250
RATIO_MATTERS_FROM = 8 * 1024 * 1024
