-- expect: endless
-- without: instructions = hangs
for _, f in pairs({ 1 }) do
  while f do end -- here
end
