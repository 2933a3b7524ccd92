"""Letters: drafted, numbered without gaps, signed, sent, and who has received, read and acknowledged them."""
