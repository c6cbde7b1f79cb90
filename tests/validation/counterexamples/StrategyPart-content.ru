# valid: strategy
INSERT DATA { <strategy-part/x-b> a is:StrategyPart ; is:isPartOf <strategy/x-a> ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> . }
