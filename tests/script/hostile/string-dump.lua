-- expect: unknown-member
string.dump(function() end) -- here
