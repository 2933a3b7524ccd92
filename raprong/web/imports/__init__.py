"""Pages of uploaded files of KPIs: send one, look at its rows beside the year's, take them in, undo."""
