-- expect: endless
string.gsub("x", "x", function()
  while true do end -- here
end)
