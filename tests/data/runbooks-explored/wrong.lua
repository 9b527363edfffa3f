-- What exploring finds: an answer at which the runbook fails, a step that nothing leads to, and a loop
-- that nothing leaves.

local function both(s)
  return { vi = s, en = s }
end

return runbook {
  id = "wrong",
  version = 1,
  title = both "Wrong",
  description = both "For tests of exploring.",
  applies_to = { kind = "cpe" },

  steps = function(incident)
    local seen = check { key = "look", vi = "Nhìn", en = "Look" }
    if seen == "cannot-tell" then
      local how = { yes = "on", no = "off" }
      tell { key = "told", vi = "Đèn " .. how[seen], en = "Lights " .. how[seen] }
    end
    if seen == "maybe" then
      escalate { key = "never", to = "operations", vi = "Gọi", en = "Call" }
    end
    while seen == "no" do
      tell { key = "again", vi = "Đợi", en = "Wait" }
      tell { key = "and-again", vi = "Đợi nữa", en = "Wait more" }
    end
    resolve {}
  end,
}
