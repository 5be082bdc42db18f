"""Half-filled pages: kept, offered, put back."""
