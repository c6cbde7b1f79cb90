# valid: document
INSERT DATA {
  <page/x-b> a is:Page ; skos:prefLabel "example"@en , "例"@ja ; is:isPageOf <document/x-a> ; is:pageNumber 1 ; is:firstLine 101 ; is:lastLine 200 .
}
