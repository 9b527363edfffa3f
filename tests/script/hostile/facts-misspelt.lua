-- expect: unknown-member
local x = incident.subjet -- here
