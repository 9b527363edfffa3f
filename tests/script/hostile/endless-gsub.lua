-- expect: endless
-- without: instructions = hangs
string.gsub("x", "x", function()
  while true do end -- here
end)
