# valid: document
# with: OpenReading-readings — the other reading is now the only one
DELETE WHERE { <reading/x-b> is:isReadingOf ?any }
