-- Waits for the carrier: a person's answer, news, or the clock.
return runbook {
  id = "carrier",
  version = 1,
  title = { vi = "Chờ doanh nghiệp viễn thông", en = "Waiting for the carrier" },
  description = { vi = "Mẫu bước chờ.", en = "A sample of waiting." },
  applies_to = { kind = "metronet-line" },

  steps = function(incident)
    for place, known in ipairs(incident.known) do
      tell { key = "known-" .. place, vi = "Đã biết: " .. known.text.vi, en = "Known: " .. known.text.en }
    end
    repeat
      local came = wait {
        key = "call-back",
        vi = "Chờ doanh nghiệp viễn thông gọi lại.",
        en = "Wait for the carrier to call back.",
        any_of = { { key = "called", vi = "Đã gọi lại", en = "They called back" }, "news", "overdue" },
        deadline = "1h",
      }
      if came == "news" then
        tell { key = "read", vi = "Đọc tin ở trên.", en = "Read the news above." }
      elseif came == "overdue" then
        wait { key = "pause", vi = "Tạm nghỉ.", en = "A pause.", any_of = { "overdue" }, deadline = "30m" }
      end
    until came == "called"
    resolve { key = "end", vi = "Hết mẫu.", en = "End of the sample." }
  end,
}
