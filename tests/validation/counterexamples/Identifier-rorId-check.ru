# valid: who
INSERT DATA { <institution/x-a> is:rorId "01sjwvz89" ; skos:exactMatch <https://ror.org/01sjwvz89> }
