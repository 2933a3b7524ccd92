"""ทะเบียนหนังสือส่ง: every number that a unit gave out in a calendar year, cancelled ones with their reason."""
