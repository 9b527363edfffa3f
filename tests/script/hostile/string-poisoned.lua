-- expect: member-assigned
-- without: tables = done
string.format = function() return "poison" end -- here
