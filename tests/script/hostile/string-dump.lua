-- expect: unknown-member
-- without: words = done
string.dump(function() end) -- here
