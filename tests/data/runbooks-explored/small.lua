-- What folding is about: a retry loop, checks whose answers are not kept, a number, free text that is
-- quoted, and a checklist of which one item is looked at.

local function both(s)
  return { vi = s, en = s }
end

return runbook {
  id = "small",
  version = 2,
  title = both "Small",
  description = both "For tests of exploring.",
  applies_to = { kind = "cpe" },

  steps = function()
    for i = 1, 12 do
      check { key = "check-" .. i, vi = "Nhìn", en = "Look" }
    end
    local since = ask { key = "since", vi = "Từ lúc nào?", en = "Since when?", free = true }
    local minutes = ask {
      key = "minutes",
      vi = "Bao lâu?",
      en = "How long?",
      number = { cuts = { 10, 59.5 }, unit = { vi = "phút", en = "minutes" } },
    }
    local list = checklist {
      key = "list",
      vi = "Danh mục",
      en = "List",
      items = {
        { key = "photo", vi = "Chụp ảnh", en = "Photo" },
        { key = "note", vi = "Ghi chép", en = "Note" },
      },
    }
    if minutes > 1 and list.photo == "cannot" then
      escalate { key = "call", to = "operations", vi = "Gọi", en = "Call", evidence = { since } }
    end
    repeat
      act { key = "try", vi = "Thử", en = "Try", interrupts = both "-", undo = both "-" }
    until verify { key = "works", vi = "Được chưa?", en = "Does it work?" }
    resolve {}
  end,
}
