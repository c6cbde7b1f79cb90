# valid: domain
DELETE DATA { <domain-attribution/x-a> is:isAttributionOf <strategy/x-a> } ;
INSERT DATA {
  <domain-attribution/x-a> is:isAttributionOf <programme/x-a> .
  <programme/x-a> a is:Programme ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
  <mention/x-a> a is:Mention ; is:isMentionOf <programme/x-a> ; is:isMadeIn <strategy/x-a> ;
    skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
}
