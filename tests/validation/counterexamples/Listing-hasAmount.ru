# valid: money
INSERT DATA {
  <listing/x-b> a is:Listing ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isListingOf <programme/x-a> ; is:isListedUnder <panel/x-a> .
}
