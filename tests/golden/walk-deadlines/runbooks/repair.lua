-- A repair that somebody else does: what is due, and what follows when it is not done in time.
return runbook {
  id = "repair",
  version = 1,
  title = { vi = "Chờ sửa đường truyền", en = "Waiting for the line's repair" },
  description = { vi = "Mẫu có hạn.", en = "A sample with deadlines." },
  applies_to = { kind = "metronet-line" },

  steps = function()
    check {
      key = "photo",
      vi = "Đã chụp ảnh đèn chưa?",
      en = "Was a photo of the lights taken?",
      deadline = "10m",
    }
    local tries = 0
    repeat
      tries = tries + 1
      local done = ask {
        key = "repaired",
        vi = "Doanh nghiệp viễn thông báo đã sửa chưa?",
        en = "Does the carrier say that it is repaired?",
        outcomes = {
          { key = "yes", vi = "Đã sửa", en = "Repaired" },
          { key = "overdue", vi = "Quá hẹn chưa báo", en = "Not told in time" },
          { key = "no", vi = "Không sửa được", en = "Cannot be repaired" },
        },
        deadline = "2h",
      }
    until done ~= "overdue" or tries == 3
    resolve { key = "end", vi = "Hết mẫu.", en = "End of the sample." }
  end,
}
