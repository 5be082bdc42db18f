"""Which letters and words Vietnamese text can hold, and signs that some were lost."""
