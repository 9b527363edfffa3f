-- expect: member-assigned
string.format = function() return "poison" end -- here
