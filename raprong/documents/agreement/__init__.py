"""คำรับรองการปฏิบัติราชการ: six clauses, two attachments, and the signatures of both sides."""
