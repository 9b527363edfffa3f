-- expect: step-inside-library
string.gsub("x", "x", function()
  tell { key = "k", vi = "x", en = "x" } -- here
end)
