# valid: who
INSERT DATA {
  <institution/x-a> is:rorId "01sjwvz98" ; skos:exactMatch <https://ror.org/01sjwvz98> .
  <institution/x-b> is:rorId "01sjwvz98" ; skos:exactMatch <https://ror.org/01sjwvz98> .
}
