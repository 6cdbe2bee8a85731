"""Sentences about this machine: papers shown here, the rescue log, the profile and its store."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "rescue-not-written": (
        "Chưa lưu được gì: không ghi được sổ cứu hộ vào {path}. "
        "Hãy giải phóng chỗ trống trên ổ đĩa rồi ghi lại khoản thu."
    ),
    "rescue-no-key": (
        "Chưa lưu được gì: máy này chưa có khóa của tỉnh để giữ bản dự phòng của khoản thu. "
        "Hãy đăng nhập lại khi có mạng."
    ),
    "rescue-key-malformed": "Tệp khóa không phải khóa của tỉnh: cần 64 chữ số hệ 16 trong {path}.",
    "paper-not-here": (
        "Tệp “{name}” chưa có trên máy này và chưa nối được tới Cổng. Mở lại khi có mạng; các tệp khác vẫn xem được."
    ),
    "paper-type-contradicts": (
        "Tệp “{name}” có nội dung khác loại đã khai nên không được mở. Đề nghị công dân nộp lại bản PDF, PNG hoặc JPG."
    ),
    "paper-unreadable": "Tệp này bị hỏng hoặc có mật khẩu nên không xem được. Đề nghị công dân nộp lại tệp khác.",
    "paper-too-large": (
        "Tệp này quá lớn để xem tại đây: tối đa 25 MB, 300 trang và 40 triệu điểm ảnh. Tệp vẫn được giữ nguyên."
    ),
    "paper-render-timeout": "Tệp này mất quá 10 giây để mở nên đã dừng. Tệp vẫn được giữ nguyên; có thể thử lại.",
    "file-not-writable": "Không ghi được tệp {path}. Chọn thư mục khác rồi thử lại.",
    "paper-viewer-failed": (
        "Chưa mở được phần xem giấy tờ. Hồ sơ và tệp không bị ảnh hưởng; hãy thử lại hoặc báo bộ phận kỹ thuật."
    ),
    "bug": "Chương trình gặp lỗi ở bước này. Xem lại hồ sơ trước khi làm lại.",
    "no-keyring": (
        "Máy này không có kho khóa bảo mật nên chưa mở được dữ liệu. Chưa có gì bị xóa; hãy báo bộ phận kỹ "
        "thuật."
    ),
    "keyring-locked": "Kho khóa bảo mật của máy đang khóa. Hãy mở khóa rồi thử lại.",
    "key-damaged": "Khóa của dữ liệu trên máy không đọc được. Chưa có gì bị xóa; hãy báo bộ phận kỹ thuật.",
    "key-exposed": (
        "Tệp khóa của hồ sơ thử nghiệm đang để người khác đọc được: {path}. Hãy sửa quyền của tệp rồi mở "
        "lại."
    ),
    "profile-read-only": "Không ghi được vào thư mục dữ liệu: {path}.",
    "profile-in-use": "Chương trình đang mở dữ liệu này ở một cửa sổ khác. Đóng cửa sổ kia rồi mở lại.",
    "profile-damaged": "Tệp của bàn làm việc không đọc được. Chưa có gì bị xóa; hãy báo bộ phận kỹ thuật.",
    "profile-other-portal": "Bàn làm việc này gắn với Cổng {portal}. Dùng thư mục dữ liệu khác cho Cổng khác.",
    "scan-garbled": (
        "Máy quét bị bộ gõ tiếng Việt đổi chữ. Hãy tắt bộ gõ hoặc bấm Ctrl+F và gõ 4 số cuối."
    ),
    "pin-not-digits": "Mã PIN gồm {least} đến {most} chữ số.",
    "pin-too-simple": "Mã PIN này dễ đoán. Chọn ít nhất ba chữ số khác nhau, không liền nhau theo thứ tự.",
    "pin-wrong": "Mã PIN chưa đúng. Còn {left} lần.",
    "pin-spent": "Sai {tries} lần. Đăng nhập lại qua trình duyệt để mở; việc chưa gửi vẫn được giữ và vẫn gửi.",
    "sign-in-first": "Chưa có ai đăng nhập trên bàn này. Hãy đăng nhập trước.",
    "robot-needs-sandbox": "Đăng nhập bằng dòng lệnh chỉ dùng cho Cổng thử. Hãy đăng nhập trong cửa sổ chương trình.",
    "key-missing": "Không tìm thấy khóa của dữ liệu trên máy. Đăng nhập lại: dữ liệu cũ được để riêng, không xóa.",
    "store-damaged": (
        "Dữ liệu trên máy hỏng hoặc không đúng khóa; chưa có gì bị xóa. Đóng rồi mở lại chương trình để lấy lại "
        "từ bản sao; nếu vẫn thấy câu này thì đăng nhập lại."
    ),
    "store-mended": (
        "Tệp dữ liệu trên máy bị hỏng; chương trình đã lấy lại từ bản sao lúc {at} và ghi lại {count} việc "
        "làm sau bản sao đó; tệp hỏng được để riêng. Bạn làm tiếp được; hãy báo bộ phận kỹ thuật kiểm tra ổ đĩa."
    ),
    "store-caught-up": (
        "Lần trước chương trình dừng đột ngột và tệp dữ liệu thiếu {count} việc; các việc đó đã được lấy lại đủ từ sổ "
        "dự phòng trên máy. Bạn làm tiếp được; hãy báo bộ phận kỹ thuật kiểm tra ổ đĩa."
    ),
    "papers-mended": (
        "Tệp giấy tờ đính kèm trên máy bị hỏng; hồ sơ và tiền đã thu không bị ảnh hưởng. Giấy tờ đã gửi sẽ được lấy "
        "lại từ Cổng khi mở; hãy báo bộ phận kỹ thuật kiểm tra ổ đĩa."
    ),
    "store-io": (
        "Ổ đĩa không đọc hoặc ghi được nên chưa lưu. Những gì đã lưu trước đó vẫn còn; làm lại, nếu vẫn vậy hãy báo bộ "
        "phận kỹ thuật."
    ),
    "store-not-migrated": (
        "Chưa chuyển được dữ liệu trên máy sang bản chương trình này; dữ liệu cũ còn nguyên. Dùng lại bản chương trình "
        "trước và báo bộ phận kỹ thuật."
    ),
    "store-read-only": (
        "Không ghi được vào dữ liệu trên máy: tệp đang bị khóa ghi. Chưa ghi gì; hãy báo bộ phận kỹ thuật."
    ),
    "store-full": "Ổ đĩa đã đầy nên chưa ghi được. Giải phóng dung lượng rồi làm lại; chưa có gì bị mất.",
    "store-locked": "Dữ liệu trên máy đang bị chương trình khác giữ. Đợi một lát rồi làm lại; chưa ghi gì.",
    "store-cannot-open": "Không mở được tệp dữ liệu trên máy. Chưa có gì bị xóa; hãy báo bộ phận kỹ thuật.",
    "store-newer": "Dữ liệu trên máy do chương trình mới hơn ghi. Hãy cập nhật chương trình; chưa có gì bị đổi.",
    "store-no-cipher": "Chương trình thiếu phần mã hóa dữ liệu nên không mở. Hãy cài lại chương trình.",
    "store-pragma": "Dữ liệu trên máy không mở được đúng chế độ an toàn ({name}). Hãy báo bộ phận kỹ thuật.",
}
