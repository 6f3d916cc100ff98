"""Pages of evidence: certificates, records, what HR has to look after, and the trust's figures."""
