"""From many readings to stories, threads and conflicts."""
