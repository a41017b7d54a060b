"""The Fact Check Tools API (v1alpha1), for clients that were written for it; `discovery.json` describes it."""
