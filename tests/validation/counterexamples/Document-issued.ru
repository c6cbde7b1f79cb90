# valid: document
INSERT DATA { <document/x-a> dcterms:issued "2020" }
