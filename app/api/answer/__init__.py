"""What an answer is made of and goes out as: JSON, links, problems, validators, encodings."""
