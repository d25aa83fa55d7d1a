"""What the pages place and today do besides showing themselves."""
