"""Which figures are asked about before they are believed: rules as data, and what they make of a row of figures."""
