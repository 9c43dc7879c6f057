"""Which playbook somebody's words mean."""
