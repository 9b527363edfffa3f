-- What the other team does; it may pass part of it on again.
return runbook {
  id = "router-check",
  version = 1,
  title = { vi = "Kiểm tra thiết bị định tuyến", en = "Router check" },
  description = { vi = "Mẫu sự cố con.", en = "A sample of a child." },
  applies_to = { kind = "cpe" },

  steps = function()
    if check { key = "lit", vi = "Đèn sáng không?", en = "Are the lights on?" } == "cannot-tell" then
      delegate {
        key = "again",
        team = "site",
        runbook = "router-check",
        vi = "Nhờ người tại chỗ xem đèn.",
        en = "Somebody at the site looks at the lights.",
        deadline = "1h",
      }
    end
    resolve { key = "end", vi = "Đã kiểm tra.", en = "It was checked." }
  end,
}
