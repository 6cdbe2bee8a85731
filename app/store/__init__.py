"""The desk's encrypted memory: tables and SQL, no rules of its own."""
