-- One mistake in each step.
local passages = require "metronet.passages"

local function both(s)
  return { vi = s, en = s }
end

return runbook {
  id = "mistakes",
  version = 1,
  title = { vi = "Nhiều lỗi" },
  descripton = both "Misspelt",
  applies_to = { kind = "cpe" },
  minutes = -1,
  steps = function(incident)
    tell { key = "no-english", vi = "Phường Bến Nghé: chỉ có tiếng Việt" }
    ask { key = "no-way", vi = "Hỏi gì?", en = "Ask what?" }
    ask {
      key = "two-ways",
      vi = "Hỏi",
      en = "Ask",
      free = true,
      outcomes = { { key = "a", vi = "A", en = "A" }, { key = "a", vi = "B", en = "B" } },
    }
    act { key = "no-undo", vi = "Làm", en = "Do", interrupts = both "-" }
    act { key = "bad-undo", vi = "Làm", en = "Do", interrupts = "nothing", undo = both "-" }
    check { key = "wrong field", vi = "Xem", en = "Look", wyh = both "-", minutes = "five" }
    chek { key = "misspelt", vi = "Xem", en = "Look" }
    verify { key = "list", vi = "Được chưa?", en = "Works?", "yes", "no" }
    checklist { key = "items", vi = "Danh mục", en = "List", items = {} }
    escalate { key = "to", vi = "Gọi", en = "Call", to = "oprations" }
    handover { key = "to", vi = "Bàn giao", en = "Hand over", to = "area", at = "26740/cpx" }
    ask { key = "cuts", vi = "Bao lâu?", en = "How long?", number = { cuts = { 5, 3 } } }
    ask { key = "late", vi = "Bao lâu?", en = "How long?", free = true, deadline = "soon" }
    tell "not a table"
    tell { key = "decomposed", vi = "Tiếng Việt", en = "x" }
    tell { key = "empty", vi = "", en = "x" }
    counter = 1
    os.execute("reboot")
    string.uper(incidnt.subject.id)
    print(passages)
    resolve { vi = "Xong" }
    local note = ask { key = "note", vi = "Ghi", en = "Note", free = true }
    if note == "yes" or "no" ~= note then
      return
    end
    local later
    later = ask { key = "later", vi = "Ghi", en = "Note", free = true }
    if later ~= nil and ask { key = "now", vi = "Ghi", en = "Note", free = true } == later then
      return
    end
  end,
}
