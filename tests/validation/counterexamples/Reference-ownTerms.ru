# valid: document
INSERT DATA { <note/x-a> is:xConcern <strategy/base> }
