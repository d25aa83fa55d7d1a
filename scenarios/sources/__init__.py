"""From the outside world to tidy tables: what councils and portals publish, read as it comes."""
