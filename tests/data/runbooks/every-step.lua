-- Every kind of step once, for the tests of the walk.

local function works()
  return verify {
    key = "works",
    vi = "Đường truyền đã hoạt động lại chưa?",
    en = "Does the line work again?",
    how = { vi = "Mở hệ thống quản lý văn bản.", en = "Open document management." },
    minutes = 2,
  }
end

return runbook {
  id = "every-step",
  version = 1,
  title = { vi = "Mất đường truyền (mẫu)", en = "Line down (sample)" },
  description = { vi = "Mỗi loại bước một lần.", en = "Every kind of step once." },
  applies_to = { kind = "metronet-line" },
  minutes = 20,

  steps = function(incident)
    tell {
      key = "workaround",
      vi = "Trong lúc chờ, dùng 4G cho một quầy và phát số bằng giấy.",
      en = "Meanwhile use 4G for one counter and hand out paper numbers.",
      why = { vi = "Người dân không phải chờ.", en = "Citizens do not have to wait." },
    }
    local since = ask {
      key = "since",
      vi = "Mất kết nối từ lúc nào, vừa có việc gì xảy ra?",
      en = "Since when is it down, what happened just before?",
      free = true,
    }
    ask {
      key = "machines",
      vi = "Bao nhiêu máy bị?",
      en = "How many machines are affected?",
      number = { cuts = { 2, 10 }, unit = { vi = "máy", en = "machines" } },
    }
    repeat
      local lights = check {
        key = "lights",
        vi = "Đèn quang của bộ chuyển đổi quang điện thế nào?",
        en = "What does the fibre light of the optical converter show?",
        how = { vi = "Chỉ nhìn, không rút gì.", en = "Only look, unplug nothing." },
        why = {
          vi = "Phân biệt mất nguồn với đứt cáp quang.",
          en = "Tells power from a broken fibre.",
        },
        outcomes = {
          { key = "dark", vi = "Tắt hết", en = "All dark" },
          { key = "red", vi = "LOS đỏ", en = "LOS red" },
          { key = "normal", vi = "Bình thường", en = "Normal" },
        },
        minutes = 3,
      }
      if lights == "dark" then
        act {
          key = "adapter",
          vi = "Cắm lại bộ nguồn của bộ chuyển đổi quang điện.",
          en = "Plug the converter's adapter in again.",
          interrupts = { vi = "Không gián đoạn thêm.", en = "Nothing more." },
          undo = { vi = "Cắm như cũ.", en = "Plug it as it was." },
          minutes = 3,
        }
      else
        checklist {
          key = "gather",
          vi = "Chuẩn bị trước khi gọi:",
          en = "Before you call, have ready:",
          items = {
            { key = "photo", vi = "Ảnh chụp đèn", en = "A photo of the lights" },
            { key = "circuit", vi = "Số kênh", en = "The circuit number" },
            { key = "model", vi = "Kiểu thiết bị", en = "The model of the device" },
          },
        }
        local reply = escalate {
          key = "call-area",
          to = "area",
          vi = "Gọi hỗ trợ khu vực trước, nhắn tin sau.",
          en = "Call the area support, then send the message.",
          evidence = { since },
        }
        if reply == "no-answer" then
          handover {
            key = "hand-over",
            to = "operations",
            vi = "Bàn giao cho bộ phận vận hành.",
            en = "Hand over to operations.",
          }
        end
      end
    until works()
    resolve {
      key = "end",
      vi = "Ghi lại nguyên nhân vào sổ trực.",
      en = "Enter the cause in the duty log.",
      cause = { vi = "Nguồn hoặc cáp quang", en = "Power or fibre" },
    }
  end,
}
