"""The book answers an assistant's questions, over the Model Context Protocol."""
