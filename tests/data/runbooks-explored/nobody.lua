-- It calls a role that nobody has where it is for: a data centre has no carrier.

local function both(s)
  return { vi = s, en = s }
end

return runbook {
  id = "nobody",
  version = 1,
  title = both "Nobody",
  description = both "For tests of exploring.",
  applies_to = { kind = "generator" },

  steps = function()
    repeat
      escalate { key = "carrier", to = "carrier", vi = "Gọi", en = "Call" }
      escalate { key = "operations", to = "operations", vi = "Gọi", en = "Call" }
    until verify { key = "works", vi = "Được chưa?", en = "Does it work?" }
    resolve {}
  end,
}
