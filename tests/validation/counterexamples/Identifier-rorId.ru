# valid: who
INSERT DATA { <institution/x-a> is:rorId "https://ror.org/02kpeqv85" ; skos:exactMatch <https://ror.org/https://ror.org/02kpeqv85> }
