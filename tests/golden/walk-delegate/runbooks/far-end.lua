-- Part of the work is another team's, and so is an incident of their own.
return runbook {
  id = "far-end",
  version = 1,
  title = { vi = "Đường truyền, có giao việc", en = "Line, with delegation" },
  description = { vi = "Mẫu giao xử lý.", en = "A sample of delegation." },
  applies_to = { kind = "metronet-line" },

  steps = function()
    local result = delegate {
      key = "router",
      team = "operations",
      runbook = "router-check",
      subject = "26740/cpe",
      vi = "Bộ phận vận hành kiểm tra thiết bị định tuyến.",
      en = "Operations check the router.",
    }
    ask {
      key = "after",
      vi = "Kết quả: " .. result .. ". Tiếp?",
      en = "Result: " .. result .. ". Go on?",
      outcomes = { { key = "on", vi = "Tiếp", en = "Go on" } },
    }
    resolve { key = "end", vi = "Hết mẫu.", en = "End of the sample." }
  end,
}
