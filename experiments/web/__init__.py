"""The pages an officer uses: a case from place to answers, served from this machine."""
