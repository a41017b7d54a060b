"""The shapes of every answer, each field named: what the schema describes and the tests hold real answers against."""
