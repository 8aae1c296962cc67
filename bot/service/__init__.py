"""What every chat platform shares: who may ask what, answers that are kept, pace, rights, administration."""
