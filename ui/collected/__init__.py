"""What an officer took today."""
