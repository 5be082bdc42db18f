"""Pages of marks and reports as bytes: PDF, thermal raster, workbook."""
