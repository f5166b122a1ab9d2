"""Sources become documents: files, pages and manifests, with their publication date and boilerplate."""
