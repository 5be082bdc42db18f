"""Papers: forms as text, marks on a page, PDF and thermal raster."""
