# valid: who
INSERT DATA {
  <institution/x-a> is:funderId "501100006264" ; skos:exactMatch <https://doi.org/10.13039/501100006264> .
  <institution/x-b> is:funderId "501100006264" ; skos:exactMatch <https://doi.org/10.13039/501100006264> .
}
