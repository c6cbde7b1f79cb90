# valid: who
INSERT DATA {
  <institution/x-a> is:corporateNumber "7000012050002" .
  <institution/x-b> is:corporateNumber "7000012050002" .
}
