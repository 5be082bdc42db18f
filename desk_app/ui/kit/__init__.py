"""What the pages of the window are built of: the page with its head, its cards and its small lists."""
