-- Its second step never comes: the incident must stay whole.
return runbook {
  id = "endless",
  version = 1,
  title = { vi = "Quy trình không dừng", en = "A runbook that never ends" },
  description = { vi = "Để kiểm thử.", en = "For tests." },
  applies_to = { kind = "metronet-line" },

  steps = function(incident)
    tell { key = "first", vi = "Bước đầu tiên.", en = "The first step." }
    while true do
    end
  end,
}
