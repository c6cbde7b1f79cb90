# valid: who
DELETE DATA { <institution/x-a> a is:ResearchInstitute } ; INSERT DATA { <institution/x-a> a is:GovernmentBody }
