"""หนังสือแจ้งผลการประเมิน: an external letter, or a memorandum where both sides belong to one department."""
