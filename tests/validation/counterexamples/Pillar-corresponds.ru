# valid: strategy
INSERT DATA { <pillar/x-b> a is:Pillar ; is:isPartOf <strategy/x-a> ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> . }
