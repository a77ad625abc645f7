"""Tables: articles in rows of CSV, TSV, Parquet and lines of JSON."""
