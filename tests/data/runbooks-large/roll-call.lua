-- The roll-call of all bridge points: each in turn, and who does not answer is called.

local POINTS = 168

return runbook {
  id = "roll-call",
  version = 1,
  title = { vi = "Điểm danh các điểm cầu", en = "Roll-call of the bridge points" },
  description = { vi = "Lần lượt từng điểm cầu.", en = "Each bridge point in turn." },
  applies_to = { kind = "cpe" },

  steps = function()
    for i = 1, POINTS do
      local here = check {
        key = "point-" .. i,
        vi = "Điểm cầu số " .. i .. " có mặt không?",
        en = "Is bridge point " .. i .. " there?",
      }
      if here ~= "yes" then
        escalate {
          key = "call-" .. i,
          to = "area",
          vi = "Gọi điểm cầu số " .. i .. ".",
          en = "Call bridge point " .. i .. ".",
        }
      end
    end
    resolve {}
  end,
}
