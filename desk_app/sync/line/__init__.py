"""One conversation with the district over a bad line."""
