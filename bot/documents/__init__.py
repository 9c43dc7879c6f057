"""What is handed to a regulator, the police, patients, an inspector, or hung on the wall."""
