-- A loop that counts: each time round is another state, so that there is no end of them.

local function both(s)
  return { vi = s, en = s }
end

return runbook {
  id = "counting",
  version = 1,
  title = both "Counting",
  description = both "For tests of exploring.",
  applies_to = { kind = "cpe" },

  steps = function()
    local seen, tries = {}, 0
    local function look()
      tries = tries + 1
      seen[tries] = check { key = "look", vi = "Nhìn", en = "Look" }
      return seen[tries]
    end
    repeat
      local again = look()
    until again == "yes"
    tell { key = "count", vi = "Lần: " .. tries, en = "Times: " .. #seen }
    resolve {}
  end,
}
