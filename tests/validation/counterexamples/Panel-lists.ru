# valid: money
INSERT DATA { <panel/x-b> a is:Panel ; is:isPanelOf <strategy/x-a> ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> . }
