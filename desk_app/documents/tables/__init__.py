"""Tables that other programs wrote, read with bounds: workbooks (XLSX) and delimited text."""
