"""What is done with an archive: documents added, feeds watched, contacts gathered, accounts compared."""
