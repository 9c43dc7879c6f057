"""Pages made of the playbooks."""
