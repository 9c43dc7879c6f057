"""The documents of the facility itself that are kept in a folder, and those for its vendors."""
