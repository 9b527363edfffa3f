local function both(s)
  return { vi = s, en = s }
end
return runbook {
  id = "references",
  version = 2,
  title = both "x",
  description = both "x",
  applies_to = { kind = "cpe" },
  steps = function()
    resolve {}
  end,
}
