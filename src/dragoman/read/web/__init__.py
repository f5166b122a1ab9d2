"""The only part of the program that opens connections to what others run: pages, feeds, and where changes are sent."""
