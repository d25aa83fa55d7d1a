"""What is known of economies like ours and built into no code: measured as it comes, not tuned."""
