"""Proof of what people learned: certificates, a person's evidence for appraisal, exports that can be defended."""
