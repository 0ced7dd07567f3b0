"""The whole case as one calm page, and as one PDF: only what the reader may see, with her name on it."""
