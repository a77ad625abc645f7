"""Web archives: WARC, ARC and WACZ files, read and written."""
