"""An SOP as a controlled document, printed from the definition that runs the year."""
