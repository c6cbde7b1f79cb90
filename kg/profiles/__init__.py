"""What an analyst wants to know about one entity, and every statement about it."""
