"""The register as other people's programs meet it: served by the server of production, over real connections."""
