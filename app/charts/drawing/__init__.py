"""Charts as SVG and HTML that need no script, no inline style and no other file; colour never speaks alone."""
