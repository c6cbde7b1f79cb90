# valid: code
# with: Code-iri — two codes of one class and one notation cannot both have the IRI that these ask for
INSERT { <flag/x-b> ?property ?value } WHERE { <flag/x-a> ?property ?value }
