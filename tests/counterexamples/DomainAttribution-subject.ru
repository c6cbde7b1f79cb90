# valid: domain
DELETE DATA { <domain-attribution/x-a> is:isAttributionOf <strategy/x-a> } ;
INSERT DATA {
  <domain-attribution/x-a> is:isAttributionOf <programme/x-a> .
  <programme/x-a> a is:Programme ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
}
