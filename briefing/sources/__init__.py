"""Where posts come from: WordPress, feeds, pages, files."""
