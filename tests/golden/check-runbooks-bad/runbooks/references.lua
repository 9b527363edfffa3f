local function both(s)
  return { vi = s, en = s }
end
return runbook {
  id = "references",
  version = 1,
  title = both "x",
  description = both "x",
  applies_to = { kinds = { "cpe", "cpee" }, site_type = "wards" },
  symptoms = { "offise-down" },
  steps = function()
    escalate { key = "a", vi = "x", en = "x", to = "operationz" }
    check { key = "b", vi = "x", en = "x", at = "26740/cpz" }
    resolve {}
  end,
}
