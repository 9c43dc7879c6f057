"""Patients' data in what people write: found, masked before anything is kept, and kept whole only if its writer says so."""
