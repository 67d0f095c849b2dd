"""The text of a report as it is read: its language, passages and sentences, and each word by the part it plays."""
