"""The register of public claims."""
