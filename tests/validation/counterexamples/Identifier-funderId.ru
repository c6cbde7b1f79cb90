# valid: who
INSERT DATA { <institution/x-a> is:funderId "10.13039/100000007" ; skos:exactMatch <https://doi.org/10.13039/10.13039/100000007> }
