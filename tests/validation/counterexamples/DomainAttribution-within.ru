# valid: money
INSERT DATA {
  <domain/x-a> a is:TechnicalDomain ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
  <domain/x-b> a is:TechnicalDomain ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
  <domain-attribution/x-a> a is:DomainAttribution ; is:isAttributionOf <strategy/x-a> ; is:attributesDomain <domain/x-a> ; is:hasExtent <extent/whole> ;
    skos:prefLabel "example"@en , "例"@ja ; skos:note "Its name is another one."@en , "名称は別のもの。"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
  <domain-attribution/x-b> a is:DomainAttribution ; is:isAttributionOf <listing/x-a> ; is:attributesDomain <domain/x-b> ; is:hasExtent <extent/whole> ;
    skos:prefLabel "example"@en , "例"@ja ; skos:note "Its name is another one."@en , "名称は別のもの。"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
}
