"""One file a correction: what AWS does, what MiniStack does, and what is changed. See the README of the folder above."""
