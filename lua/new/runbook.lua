--vi Quy trình @ID@: mô tả ngắn điều gì hỏng và quy trình dẫn đến đâu.
--vi
--vi Chương trình chạy lại hàm `steps` từ đầu sau mỗi câu trả lời, nên hàm phải luôn làm như nhau:
--vi không đồng hồ, không ngẫu nhiên, không tệp, không mạng. Hướng dẫn: runbooks/README.md.
--vi
--vi Thử ngay:   metronet check --runbooks @FOLDER@
--vi             metronet run @ID@ --runbooks @FOLDER@
--en Runbook @ID@: in a line, what is broken and where this leads to.
--en
--en The program runs `steps` from its beginning after every answer, so it must always do the same:
--en no clock, no random number, no file, no network. The guide is runbooks/README.md.
--en
--en Try it:   metronet check --runbooks @FOLDER@
--en           metronet run @ID@ --runbooks @FOLDER@

--vi Có dùng lại được chưa? Hỏi ở cuối; chưa được thì quay lại, nhớ những gì đã thử.
--en Does it work again? Asked at the end; if not, it goes on with what was learnt.
local function works()
  return verify { key = "works", vi = "Đã dùng lại được bình thường chưa?", en = "Does it work again?" }
end

return runbook {
  --vi id: chữ thường, nối bằng dấu gạch ngang; không trùng tệp khác.
  --en id: lower-case words joined by `-`; no other file has it.
  id = "@ID@",
  --vi Tăng version khi đổi các bước. Sự cố đang mở vẫn theo bản cũ.
  --en Raise version when steps change. Open incidents go on with the one they began with.
  version = 1,
  title = { vi = "Quy trình @ID@", en = "Runbook @ID@" },
  description = {
    vi = "Kiểm tra nguồn, khởi động lại, rồi chuyển cấp xử lý.",
    en = "Checks the power, restarts, then escalates.",
  },
  --vi Dùng cho gì: kind, service, site_type, area; điều nào ghi ra cũng phải đúng.
  --en What it is for: kind, service, site_type, area; all that are given must hold.
  applies_to = { kind = "@KIND@" },
  minutes = 15,

  steps = function()
    --vi Bước đầu luôn là cách làm việc tạm. Khóa (key) là tên của bước trong nhật ký: đổi lời thì giữ khóa.
    --en The first step is always how to keep working meanwhile. A key is the step's name on record: keep it
    --en when only the words change.
    tell {
      key = "workaround",
      vi = "Trong lúc chờ: dùng thiết bị khác, hoặc ghi sổ.",
      en = "Meanwhile: use another device, or write it down.",
    }

    --vi Câu hỏi nào cũng cần lựa chọn “Không rõ”. Hỏi điều nhìn thấy được, không hỏi điều phải biết.
    --en Every question needs “cannot tell”. Ask what can be seen, not what must be known.
    local lights = ask {
      key = "lights",
      vi = "Nhìn đèn của thiết bị: thế nào?",
      en = "Look at the device's lights: what do they show?",
      outcomes = {
        { key = "dark", vi = "Tắt hết", en = "All dark" },
        { key = "odd", vi = "Có đèn đỏ hoặc nhấp nháy lạ", en = "A red one, or odd blinking" },
        { key = "normal", vi = "Sáng như bình thường", en = "Lit as usual" },
        { key = "cannot-tell", vi = "Không rõ, không xem được", en = "Cannot tell" },
      },
    }

    if lights == "dark" then
      --vi Việc phải làm: nêu rõ gián đoạn gì và hoàn tác thế nào.
      --en Something to do: say what it interrupts and how to undo it.
      act {
        key = "plug",
        vi = "Cắm lại dây nguồn, thử ổ cắm khác.",
        en = "Plug the power cord in again, try another socket.",
        interrupts = { vi = "Không gián đoạn gì thêm.", en = "Nothing more." },
        undo = { vi = "Cắm lại ổ cũ.", en = "Plug it into the old socket." },
      }
    elseif lights == "odd" then
      act {
        key = "restart",
        vi = "Tắt thiết bị, chờ 30 giây, bật lại.",
        en = "Switch the device off, wait 30 seconds, switch it on.",
        interrupts = { vi = "Mất kết nối qua thiết bị này khoảng 3 phút.", en = "About 3 minutes without it." },
        undo = { vi = "Không cần hoàn tác.", en = "There is nothing to undo." },
      }
    end

    if not works() then
      --vi Báo cho ai: một vai trò hoặc một đội trong mô hình. Chương trình soạn sẵn lời gọi và tin nhắn.
      --en Who is told: a role or a team of the model. The program composes the call and the message.
      escalate { key = "call", to = "@TO@", vi = "Đề nghị kiểm tra, sửa chữa.", en = "Please check and repair." }
      repeat
      until works()
    end
    resolve { key = "done", vi = "Đã dùng lại được.", en = "It works again." }
  end,
}
