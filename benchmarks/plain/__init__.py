"""The register as an average Django project would serve it: models, ModelSerializers, ModelViewSets, a template.

Written for comparison and kept honest: foreign keys are fetched along (`select_related`, `prefetch_related`), indexes
stand where the filters need them, production settings are on. It keeps no digests, refuses nothing and proves nothing.
"""
