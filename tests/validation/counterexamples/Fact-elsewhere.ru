# valid: document
DELETE DATA { <furniture/x-a> is:hasEvidence <evidence/stated> } ;
INSERT DATA { <furniture/x-a> is:hasEvidence <evidence/background> ; dcterms:source <https://example.org/> }
