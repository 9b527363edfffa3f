local function both(s)
  return { vi = s, en = s }
end

return runbook {
  id = "advice",
  version = 1,
  title = both "Nothing is wrong, but much could be better",
  description = both "Loads and runs.",
  applies_to = { kind = "cpe" },
  steps = function(incident)
    local colour = ask {
      key = "colour",
      vi = "Đèn màu gì?",
      en = "Which colour?",
      outcomes = { { key = "red", vi = "Đỏ", en = "Red" }, { key = "green", vi = "Xanh", en = "Green" } },
    }
    act {
      key = "pull-" .. colour,
      vi = "Rút dây",
      en = "Pull the cable",
      interrupts = both "-",
      undo = both "-",
      outcomes = { { key = "done", vi = "Xong", en = "Done" } },
    }
    for round = 1, 3 do
      check { key = "round-" .. tostring(round), vi = "Được chưa?", en = "Does it work?" }
    end
    tell { key = incident.subject.kind, vi = "Chờ", en = "Wait" }
    tell {
      key = "long",
      vi = "Chờ người của trung tâm khu vực đến, không chạm vào thiết bị, không rút dây, không khởi động lại, không cho "
        .. "ai khác vào phòng máy; trong lúc đó làm việc bằng giấy, ghi lại giờ bắt đầu, ai gọi, ai đến, đã làm gì, và "
        .. "giữ nguyên hiện trường để người đến sau còn xem được đèn báo, dây nối và nhãn của từng thiết bị trong tủ "
        .. "mạng này của đơn vị " .. incident.site.id,
      en = "Wait.",
    }
    checklist {
      key = "list",
      vi = "Trước khi gọi",
      en = "Before you call",
      items = {
        {
          key = "photo",
          vi = "Ảnh",
          en = "A photo of all lights of every device in the cabinet, from near enough that each label can be read well",
        },
      },
    }
    resolve {}
  end,
}
