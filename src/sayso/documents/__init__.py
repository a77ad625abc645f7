"""What is published: outlets, articles, captures and versions, and the formats they arrive in."""
