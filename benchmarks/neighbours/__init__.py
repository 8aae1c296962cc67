"""What one community's question and add wait for while another one misbehaves."""
