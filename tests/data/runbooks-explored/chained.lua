-- A step inside calls that are chained: which of the calls it is in cannot be told.

local function both(s)
  return { vi = s, en = s }
end

return runbook {
  id = "chained",
  version = 1,
  title = both "Chained",
  description = both "For tests of exploring.",
  applies_to = { kind = "cpe" },

  steps = function()
    local function look(key)
      check { key = key, vi = "Nhìn", en = "Look" }
      return look
    end
    look "one" "two"
    resolve {}
  end,
}
