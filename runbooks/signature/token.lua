-- A digital-signature token: not seen, PIN, expired, old name, local service, invalid, lost.

local passages = require "metronet.passages"
local cannot_tell = passages.cannot_tell

local WORKS = {
  vi = "Ký thử một tệp PDF không quan trọng: ký được và chữ ký báo hợp lệ chưa?",
  en = "Sign an unimportant PDF: does it sign, and is the signature shown as valid?",
}
local HOW = {
  vi = "Chủ chữ ký tự nhập mã PIN. Mở tệp đã ký, xem tên, đơn vị và giờ ký.",
  en = "The owner types the PIN. Open the signed file; look at name, unit and time of signing.",
}

local AT_HAND = {
  vi = "Cầm sẵn trước khi gọi: số sê-ri token, tên chủ chữ ký; ảnh thông báo lỗi có giờ; mã văn "
    .. "bản cần ký, hạn ký; ngày hết hạn và tên đơn vị trong chứng thư số. KHÔNG nói mã PIN cho "
    .. "ai. Thiếu mục nào cũng gọi được.",
  en = "Have at hand before you call: the token's serial number, its owner's name; a photo of the "
    .. "error message with clock; code and deadline of what must be signed; expiry date and unit "
    .. "name in the certificate. NEVER tell the PIN. Call even if something is missing.",
}

local function works()
  local working =
    verify { key = "works", vi = WORKS.vi, en = WORKS.en, how = HOW, minutes = 2 }
  return working
end

-- One attempt at the officer's desk, followed by a signature on trial.
local function try(attempt)
  return act(attempt) == "done" and works()
end

local NOTHING_TO_UNDO = { vi = "Không có gì phải hoàn tác.", en = "There is nothing to undo." }

-- A request to the body that manages certificates.
local function request(what)
  act {
    key = "request-" .. what.key,
    vi = "Soạn văn bản của cơ quan quản lý, ký số bằng chữ ký của cơ quan hoặc người được ủy "
      .. "quyền, đề nghị " .. what.vi .. "; gửi qua dichvucong.ca.gov.vn hoặc trục liên thông văn "
      .. "bản.",
    en = "Write the managing body's request to " .. what.en .. ", signed with the body's or an "
      .. "authorised deputy's signature; send it through dichvucong.ca.gov.vn or the document "
      .. "exchange.",
    interrupts = what.interrupts,
    undo = what.undo,
    help = {
      vi = "Thủ tục thường mất vài ngày làm việc: trong lúc chờ, dùng cách làm tạm ở bước đầu. "
        .. "Hỏi đầu mối chữ ký số về biểu mẫu đang áp dụng.",
      en = "It usually takes some working days: meanwhile use the workaround of the first step. "
        .. "Ask the contact point for the form in force.",
    },
    minutes = 30,
  }
end

local function not_seen()
  local light = check {
    key = "token-light",
    vi = "Nhìn đèn trên token khi cắm vào máy. Đèn thế nào?",
    en = "Look at the token's light when it is plugged in. How is it?",
    why = {
      vi = "Không sáng là cổng hoặc token hỏng; có sáng mà không thấy thường là trình điều khiển.",
      en = "No light: port or token. Light but not seen: mostly the driver.",
    },
    outcomes = {
      { key = "dark", vi = "Không sáng", en = "No light" },
      { key = "blinking", vi = "Nhấp nháy", en = "Blinking" },
      { key = "steady", vi = "Sáng liên tục", en = "Steady" },
      cannot_tell,
    },
    minutes = 1,
  }
  if
    try {
      key = "other-port",
      vi = "Đóng phần mềm ký, rút token, cắm vào cổng USB khác trên thân máy, không qua bộ chia. "
        .. "Chờ 30 giây.",
      en = "Close the signing software, move the token to another USB port on the PC itself, not "
        .. "on a hub. Wait 30 seconds.",
      interrupts = { vi = "Phiên ký đang mở bị ngắt.", en = "The open signing session." },
      undo = { vi = "Cắm lại cổng cũ.", en = "Back to the old port." },
      minutes = 2,
    }
  then
    return true
  end
  if light == "dark" then
    local elsewhere = check {
      key = "other-pc",
      vi = "Cắm token vào một máy khác đang ký số được. Đèn có sáng không?",
      en = "Plug the token into another PC that signs. Is there a light?",
      outcomes = {
        { key = "light", vi = "Có sáng", en = "Yes" },
        { key = "dark", vi = "Không sáng", en = "No" },
        cannot_tell,
      },
      minutes = 3,
    }
    if elsewhere == "dark" then
      request {
        key = "replace",
        vi = "đổi thiết bị lưu khóa bị hỏng",
        en = "replace the broken token",
        interrupts = {
          vi = "Không ký được bằng token này cho đến khi có thiết bị mới.",
          en = "No signing with this token until the new device comes.",
        },
        undo = {
          vi = "Rút đề nghị nếu token dùng lại được.",
          en = "Withdraw it if the token works again.",
        },
      }
      return false
    end
  end
  return try {
    key = "driver",
    vi = "Cài lại trình điều khiển đúng hãng ghi trên token (SafeNet hoặc Bit4ID), khởi động lại "
      .. "máy.",
    en = "Reinstall the driver of the maker printed on the token (SafeNet or Bit4ID), restart the "
      .. "PC.",
    how = {
      vi = "Chỉ tải từ trang của Ban Cơ yếu Chính phủ hoặc nguồn Trung tâm cấp. Không có quyền "
        .. "cài thì chọn không làm được.",
      en = "Only from the Cipher Committee's site or the Centre. No right to install: answer that "
        .. "you cannot.",
    },
    interrupts = {
      vi = "Máy khởi động lại, khoảng 5 phút: lưu việc đang làm.",
      en = "The PC restarts, about 5 minutes: save open work.",
    },
    undo = { vi = "Gỡ trình điều khiển vừa cài.", en = "Uninstall the driver." },
    minutes = 10,
  }
end

-- Three wrong PINs lock a token, so after one the officer stops and looks at the keyboard.
local function wrong_pin()
  local count = check {
    key = "pin-count",
    vi = "DỪNG nhập mã PIN: sai 3 lần là khóa token. Đã sai mấy lần?",
    en = "STOP typing the PIN: three wrong ones lock the token. How many were wrong?",
    why = {
      vi = "Sai thêm là khóa hẳn, mở khóa mất nhiều ngày.",
      en = "One more wrong PIN locks it, and unlocking takes days.",
    },
    outcomes = {
      { key = "one", vi = "Một lần", en = "One" },
      { key = "more", vi = "Hai lần trở lên", en = "Two or more" },
      cannot_tell,
    },
    minutes = 1,
  }
  if count == "one" then
    local keyboard = act {
      key = "keyboard",
      vi = "Tắt Caps Lock, tắt bộ gõ tiếng Việt, bật Num Lock.",
      en = "Caps Lock off, Vietnamese typing off, Num Lock on.",
      how = {
        vi = "Gõ thử vài phím trong Notepad xem có đúng ký tự. KHÔNG gõ mã PIN ở đó.",
        en = "Type some keys in Notepad to see that they come out right. NOT the PIN.",
      },
      interrupts = { vi = "Không gián đoạn.", en = "Nothing." },
      undo = {
        vi = "Bật lại bộ gõ sau khi ký.",
        en = "Turn Vietnamese typing on again after signing.",
      },
      minutes = 2,
    }
    if keyboard == "done" then
      local sure = ask {
        key = "pin-sure",
        vi = "Chủ chữ ký có chắc chắn nhớ đúng mã PIN không?",
        en = "Is the owner certain of the PIN?",
        outcomes = {
          { key = "sure", vi = "Chắc chắn", en = "Certain" },
          { key = "unsure", vi = "Không chắc", en = "Not certain" },
          cannot_tell,
        },
      }
      if sure == "sure" and works() then
        return true
      end
    end
  end
  tell {
    key = "pin-stop",
    vi = "Không nhập mã PIN nữa. Cất token, dùng cách làm tạm để kịp hạn.",
    en = "Type no more PINs. Put the token away and use the workaround to meet the deadline.",
  }
  return false
end

local function locked()
  tell {
    key = "locked",
    vi = "Token đã khóa: không thử thêm, không cài lại, không nhờ người ngoài mở khóa. Chỉ đơn vị "
      .. "cấp chứng thư mở khóa được.",
    en = "The token is locked: no more attempts, no reinstalling, no outsider. Only the issuing "
      .. "body can unlock it.",
  }
  request {
    key = "unlock",
    vi = "khôi phục thiết bị lưu khóa (mở khóa mã PIN)",
    en = "restore the token (unlock its PIN)",
    interrupts = {
      vi = "Không ký được bằng token này trong lúc chờ.",
      en = "No signing with this token meanwhile.",
    },
    undo = {
      vi = "Đổi mã PIN ngay sau khi được mở khóa.",
      en = "Change the PIN as soon as it is unlocked.",
    },
  }
  return false
end

local function expired()
  local clock = check {
    key = "pc-clock",
    vi = "Xem ngày giờ của máy tính có đúng không, rồi xem ngày hết hạn trong chứng thư số.",
    en = "Look whether the PC's date and time are right, then at the certificate's expiry date.",
    why = {
      vi = "Máy sai giờ cũng báo chứng thư hết hạn.",
      en = "A wrong clock also makes a certificate look expired.",
    },
    outcomes = {
      { key = "wrong-clock", vi = "Ngày giờ máy sai", en = "The PC's clock is wrong" },
      { key = "expired", vi = "Chứng thư đã hết hạn", en = "The certificate has expired" },
      { key = "soon", vi = "Còn hạn, sắp hết", en = "Still valid, not for long" },
      cannot_tell,
    },
    minutes = 2,
  }
  if clock == "wrong-clock" then
    if
      try {
        key = "set-clock",
        vi = "Bật tự động cập nhật ngày giờ, múi giờ +7. Mở lại phần mềm ký.",
        en = "Turn automatic time on, time zone +7. Open the signing software again.",
        interrupts = {
          vi = "Có thể phải đăng nhập lại các hệ thống.",
          en = "You may have to log in again.",
        },
        undo = NOTHING_TO_UNDO,
        minutes = 2,
      }
    then
      return true
    end
  elseif clock == "expired" then
    request {
      key = "new",
      vi = "cấp chứng thư số mới (chứng thư đã hết hạn không gia hạn được)",
      en = "issue a new certificate (an expired one cannot be renewed)",
      interrupts = {
        vi = "Không ký được cho đến khi có chứng thư mới.",
        en = "No signing until the new certificate comes.",
      },
      undo = { vi = "Rút đề nghị nếu không còn cần.", en = "Withdraw it if no longer needed." },
    }
  elseif clock == "soon" then
    request {
      key = "renew",
      vi = "gia hạn chứng thư số, gửi càng sớm càng tốt (nên còn ít nhất 60 ngày)",
      en = "renew the certificate, as early as possible (best with 60 days left)",
      interrupts = {
        vi = "Vẫn ký được cho đến ngày hết hạn.",
        en = "Nothing: signing goes on until the expiry date.",
      },
      undo = { vi = "Rút đề nghị nếu không còn cần.", en = "Withdraw it if no longer needed." },
    }
  end
  return false
end

local function old_name()
  request {
    key = "change",
    vi = "thay đổi thông tin một chứng thư theo tên đơn vị, chức danh mới và thu hồi các chứng "
      .. "thư thừa sau sáp nhập",
    en = "change one certificate to the new unit name and position and revoke those left over "
      .. "from the merger",
    interrupts = {
      vi = "Chứng thư cũ có thể ngừng khi chứng thư mới có hiệu lực; hỏi trước khi có văn bản gấp.",
      en = "The old certificate may stop when the new one starts; ask first if something is "
        .. "urgent.",
    },
    undo = {
      vi = "Không tự hoàn tác được sau khi đã thu hồi: kiểm tra kỹ danh sách trước khi gửi.",
      en = "A revocation cannot be undone: check the list carefully before you send it.",
    },
  }
  return false
end

local function service_off()
  if
    try {
      key = "start-service",
      vi = "Mở VGCA Sign Service từ trình đơn Start, chờ biểu tượng hiện ở góc màn hình. Đóng hết "
        .. "cửa sổ trình duyệt rồi mở lại trang ký.",
      en = "Start VGCA Sign Service from the Start menu, wait for its icon in the corner. Close "
        .. "all browser windows and open the signing page again.",
      interrupts = {
        vi = "Trang đang nhập dở sẽ mất: lưu trước.",
        en = "A half-filled page is lost: save first.",
      },
      undo = { vi = "Đóng VGCA Sign Service.", en = "Close VGCA Sign Service." },
      why = {
        vi = "Trình duyệt ký qua dịch vụ này trên chính máy (127.0.0.1:8987); chưa chạy là không "
          .. "ký được.",
        en = "The browser signs through this service on the same PC (127.0.0.1:8987); it must be "
          .. "running.",
      },
      minutes = 3,
    }
  then
    return true
  end
  return try {
    key = "other-browser",
    vi = "Thử trình duyệt khác, hoặc ký trên một máy khác đang ký được; token do chủ chữ ký giữ.",
    en = "Try another browser, or sign on another PC that works; the owner keeps the token in "
      .. "hand.",
    interrupts = {
      vi = "Máy kia bận vài phút. Đăng xuất và rút token sau khi ký.",
      en = "The other PC for some minutes. Log out and take the token afterwards.",
    },
    undo = NOTHING_TO_UNDO,
    minutes = 5,
  }
end

-- Signed, but shown as invalid. Returns true, false, or "everywhere".
local function invalid()
  local others = check {
    key = "others-invalid",
    vi = "Hỏi một máy khác, một đơn vị khác: chữ ký ở đó có báo không hợp lệ không?",
    en = "Ask another PC, another unit: are signatures shown as invalid there too?",
    why = {
      vi = "Kiểm tra chữ ký cần hỏi máy chủ CRL, OCSP và dấu thời gian; máy chủ không tới được "
        .. "thì mọi nơi cùng bị.",
      en = "Validation asks CRL, OCSP and time-stamp servers; if they cannot be reached, "
        .. "everybody is hit.",
    },
    outcomes = {
      { key = "here", vi = "Chỉ máy này", en = "Only this PC" },
      { key = "everywhere", vi = "Nhiều nơi cùng bị", en = "Many places" },
      cannot_tell,
    },
    minutes = 3,
  }
  if others == "everywhere" then
    return "everywhere"
  end
  return expired()
end

local treat = {
  ["not-seen"] = not_seen,
  ["wrong-pin"] = wrong_pin,
  locked = locked,
  expired = expired,
  ["old-name"] = old_name,
  ["service-off"] = service_off,
  invalid = invalid,
}

-- A lost token signs for whoever holds it: revoke first, look for it afterwards.
local function lost(unit)
  passages.raise {
    key = "revoke-now",
    levels = { "signature", "cipher", "security" },
    vi = "Đề nghị THU HỒI NGAY chứng thư số của " .. unit.vi .. ": token bị mất hoặc nghi người "
      .. "khác dùng. Tôi đọc tên chủ chữ ký và số sê-ri để ghi.",
    en = "Please REVOKE AT ONCE the certificate of " .. unit.en .. ": the token is lost or may be "
      .. "misused. I read out the owner's name and the serial number.",
  }
  request {
    key = "revoke",
    vi = "thu hồi chứng thư số và cấp lại",
    en = "revoke the certificate and issue another",
    interrupts = {
      vi = "Chứng thư ngừng hiệu lực: không ký được, kể cả khi tìm lại được token.",
      en = "The certificate ends: no more signing, even if the token is found.",
    },
    undo = {
      vi = "Không hoàn tác được: tìm lại được vẫn phải dùng chứng thư mới.",
      en = "It cannot be undone: even if found, a new certificate is needed.",
    },
  }
end

local WHAT = {
  { key = "not-seen", vi = "Máy không nhận token", en = "The PC does not see the token" },
  { key = "wrong-pin", vi = "Báo sai mã PIN, chưa khóa", en = "Wrong PIN, not yet locked" },
  { key = "locked", vi = "Token bị khóa", en = "The token is locked" },
  {
    key = "expired",
    vi = "Báo chứng thư hết hạn",
    en = "The certificate is said to be expired",
  },
  { key = "old-name", vi = "Tên đơn vị, chức danh cũ", en = "Old unit name or position" },
  {
    key = "service-off",
    vi = "Báo “VGCA Sign Service chưa được kích hoạt”",
    en = "\"VGCA Sign Service chưa được kích hoạt\" (not activated)",
  },
  {
    key = "invalid",
    vi = "Chữ ký báo không hợp lệ",
    en = "The signature is shown as invalid",
  },
  {
    key = "lost",
    vi = "Mất token, nghi người khác dùng",
    en = "Token lost or perhaps misused",
  },
  cannot_tell,
}

-- What was reported when the incident was opened is not asked again.
local REPORTED = {
  ["token-unseen"] = "not-seen",
  ["token-locked"] = "locked",
  ["certificate-expired"] = "expired",
  ["old-unit-name"] = "old-name",
  ["signature-invalid"] = "invalid",
}

return runbook {
  id = "signature-token",
  version = 1,
  title = { vi = "Sự cố token chữ ký số", en = "Digital-signature token" },
  description = {
    vi = "Không nhận token, sai mã PIN, bị khóa, hết hạn, tên đơn vị cũ, dịch vụ ký chưa chạy, "
      .. "chữ ký không hợp lệ, mất token.",
    en = "Token not seen, wrong PIN, locked, expired, old unit name, signing service not running, "
      .. "invalid signature, lost token.",
  },
  applies_to = { kind = "token" },
  minutes = 15,

  steps = function(incident)
    local unit = passages.unit(incident)

    tell {
      key = "workaround",
      vi = "Để kịp hạn: nhờ cấp phó hoặc người được ủy quyền ký bằng chữ ký số của chính họ; hoặc "
        .. "ký giấy, đóng dấu, gọi báo nơi nhận rồi gửi bản số sau. Không cho mượn token, không "
        .. "nói mã PIN cho ai, kể cả người hỗ trợ.",
      en = "To meet the deadline: an authorised deputy signs with their own signature; or sign on "
        .. "paper, stamp, call the receiver and send the digital one later. Never lend a token or "
        .. "tell a PIN, not even to those who help.",
    }

    local what = REPORTED[incident.symptom] or ask {
      key = "what",
      vi = "Đang có hiện tượng gì?",
      en = "What is wrong?",
      outcomes = WHAT,
      minutes = 1,
    }

    local found
    if what == "lost" then
      lost(unit)
    elseif treat[what] then
      found = treat[what]()
    end
    if found ~= true then
      local levels = { "signature", "cipher" }
      if found == "everywhere" then
        levels = { "operations", "signature", "cipher" }
      end
      passages.hand_up {
        levels = levels,
        ask_for = {
          vi = "Đề nghị hỗ trợ chữ ký số của " .. unit.vi .. "; văn bản đang chờ có hạn ký, xin "
            .. "báo giờ dự kiến xong.",
          en = "Please help with the digital signature of " .. unit.en .. "; what waits to be "
            .. "signed has a deadline, please say when it will be done.",
        },
        seen = passages.seen({ vi = "Hiện tượng", en = "Symptom" }, WHAT, what),
        works = WORKS,
        how = HOW,
        at_hand = AT_HAND,
      }
    end

    resolve {
      key = "resolved",
      vi = "Đã ký được. Ký bù, gửi bản số cho những văn bản đã ký giấy; ghi ngày hết hạn chứng "
        .. "thư để gia hạn sớm.",
      en = "Signing works. Send digital versions of what was signed on paper; note the expiry "
        .. "date to renew in time.",
    }
  end,
}
