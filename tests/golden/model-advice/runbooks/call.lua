return runbook {
  id = "call", version = 1,
  title = { vi = "Gọi nhà mạng", en = "Call the carrier" },
  description = { vi = "Gọi nhà mạng Y.", en = "Calls carrier Y." },
  applies_to = { kind = "line" },
  steps = function()
    handover { key = "carrier", to = "carrier-y", vi = "Nhờ nhà mạng Y.", en = "Ask carrier Y." }
    resolve {}
  end,
}
