"""Sentences about the portal: not reached, not trusted, signed out, or its own no."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "suspected-poison": "Cổng báo lỗi với việc này suốt một ngày trong khi vẫn nhận việc khác. "
    "Việc được giữ lại trên máy; báo bộ phận hỗ trợ.",
    "unknown-command": "Chương trình này chưa biết loại việc “{kind}”. Việc vẫn được giữ; hãy cập nhật chương trình.",
    "bad-command": "Nội dung việc “{kind}” không đọc được. Chưa gửi gì; việc vẫn được giữ trên máy.",
    "bad-dossier": "Dữ liệu hồ sơ nhận về không đọc được nên không thay hồ sơ đang có.",
    "no-dns": "Không tìm thấy địa chỉ của Cổng. Việc đã làm vẫn được giữ trên máy và sẽ gửi khi có mạng.",
    "connection-refused": "Không kết nối được tới Cổng. Việc đã làm vẫn được giữ trên máy và sẽ gửi khi có mạng.",
    "connect-timeout": "Chưa nối được tới Cổng trong thời gian chờ. Việc đã làm vẫn được giữ trên máy và sẽ gửi lại.",
    "no-answer": "Cổng không trả lời kịp thời gian chờ. Việc đã làm vẫn được giữ trên máy và sẽ hỏi lại.",
    "cut-answer": "Kết nối bị ngắt giữa chừng. Việc đã làm vẫn được giữ trên máy và sẽ hỏi lại.",
    "bad-answer": "Câu trả lời nhận được không đúng của Cổng. Chưa ghi nhận gì; chương trình sẽ hỏi lại.",
    "echo-mismatch": "Cổng trả lời cho một việc khác. Chưa ghi nhận gì; chương trình sẽ hỏi lại.",
    "answer-too-large": "Câu trả lời lớn quá mức cho phép nên không được nhận. Chưa ghi nhận gì.",
    "captive-page": (
        "Mạng đang trả về một trang chặn thay cho Cổng. Hãy đăng nhập mạng của cơ quan hoặc báo bộ phận kỹ "
        "thuật; việc đã làm vẫn được giữ trên máy."
    ),
    "proxy-password": (
        "Máy chủ trung gian (proxy) đòi mật khẩu. Hãy khai lại proxy trong phần cài đặt; việc đã làm vẫn "
        "được giữ trên máy."
    ),
    "proxy-failed": (
        "Không đi qua được máy chủ trung gian (proxy). Hãy kiểm tra proxy trong phần cài đặt; việc đã làm "
        "vẫn được giữ trên máy."
    ),
    "tls-handshake": "Không lập được kết nối an toàn với Cổng. Việc đã làm vẫn được giữ trên máy và sẽ gửi lại.",
    "tls-not-trusted": (
        "Không xác thực được chứng thư của Cổng nên chương trình ngừng gửi. Hãy báo bộ phận kỹ thuật; việc "
        "đã làm vẫn được giữ trên máy."
    ),
    "bad-portal-address": "Địa chỉ Cổng không dùng được: {address}.",
    "portal-not-https": "Địa chỉ Cổng phải bắt đầu bằng https://: {address}.",
    "session-over": "Phiên làm việc đã hết. Hãy đăng nhập lại; việc chưa gửi vẫn được giữ trên máy.",
    "rights-changed": (
        "Quyền của tài khoản này đã thay đổi. Đăng nhập lại để thấy đúng việc của mình; việc chưa gửi còn nguyên."
    ),
    "account-revoked": (
        "Tài khoản này đã bị thu hồi nên số liệu hồ sơ trên máy đã được xóa. Việc chưa gửi vẫn được giữ; lãnh đạo đơn "
        "vị chuyển cho người khác gửi."
    ),
    "no-browser": "Không mở được trình duyệt để đăng nhập. Hãy chọn trình duyệt mặc định rồi thử lại.",
    "sign-in-timeout": "Chưa thấy đăng nhập xong trong trình duyệt. Hãy thử lại.",
    "sign-in-cancelled": "Đã dừng đăng nhập.",
    "sign-in-denied": "Cổng không cho tài khoản này đăng nhập.",
    "sign-in-failed": "Cổng không nhận lần đăng nhập này. Hãy thử lại.",
    "file-two-endings": "Tên tệp “{name}” có hai đuôi như tệp giả dạng nên không được nhận. Đổi tên rồi chọn lại.",
    "file-too-large": "Tệp vượt quá 25 MB nên không gửi được. Hãy chọn tệp nhỏ hơn.",
    "bad-request": "Cổng không đọc được yêu cầu này. Việc vẫn được giữ trên máy, ở mục Cần xem lại.",
    "forbidden": (
        "Tài khoản này không còn quyền làm việc đó. Việc vẫn được giữ trên máy; lãnh đạo đơn vị giao cho người khác "
        "gửi được."
    ),
    "no-role": (
        "Tài khoản này không còn vai trò nào nên Cổng không nhận việc. Việc chưa gửi và tiền đã thu vẫn nằm trên máy "
        "này; lãnh đạo đơn vị giao cho người khác gửi."
    ),
    "not-found": "Cổng không có mục này hoặc không cho xem.",
    "gone": "Mục này không còn trên Cổng. Việc vẫn được giữ trên máy.",
    "in-progress": "Cổng đang xử lý việc này. Chương trình sẽ hỏi lại.",
    "journal-forked": (
        "Sổ thu trên máy này không khớp với bản Cổng đã xác nhận. Chưa có gì bị xóa; hãy báo bộ phận kiểm tra."
    ),
    "offset-mismatch": "Tệp gửi dở không khớp với Cổng. Chương trình sẽ gửi tiếp từ chỗ Cổng đã nhận.",
    "refused": "Cổng không chấp nhận việc này. Việc vẫn được giữ trên máy, ở mục Cần xem lại.",
    "resync-required": "Dữ liệu trên máy phải tải lại từ đầu. Việc chưa gửi vẫn được giữ.",
    "scope-changed": "Quyền của tài khoản đã thay đổi nên dữ liệu phải tải lại. Việc chưa gửi vẫn được giữ.",
    "edited-meanwhile": "Người khác đã sửa cùng chỗ trong lúc bạn sửa: {fields}. Chưa ghi đè gì; chọn giữ bản nào.",
    "version-conflict": "Hồ sơ đã thay đổi trên Cổng sau khi mở. Hãy xem lại rồi quyết định.",
    "too-large": "Nội dung gửi lên vượt quá mức Cổng nhận.",
    "unsupported-type": "Cổng không nhận loại tệp này.",
    "key-reused": "Cổng báo việc này trùng mã với một việc khác. Việc vẫn được giữ trên máy; hãy báo bộ phận kỹ thuật.",
    "client-too-old": "Chương trình đã cũ so với Cổng. Hãy cập nhật; việc vẫn được giữ trên máy.",
    "precondition-required": "Cổng cần biết phiên bản hồ sơ đã xem. Hãy mở lại hồ sơ rồi làm lại.",
    "rate-limited": "Cổng đang bận. Chương trình sẽ tự gửi lại sau ít phút.",
    "internal": "Cổng gặp lỗi. Chương trình sẽ tự gửi lại.",
    "unavailable": "Cổng tạm ngừng phục vụ. Chương trình sẽ tự gửi lại.",
    "paper-not-readable": "Không đọc được tệp “{name}”. Kiểm tra đường dẫn rồi thử lại.",
    "sandbox-refused": "Cổng thử không nhận yêu cầu: {reason}.",
    "wrong-password": "Tên đăng nhập “{username}” hoặc mật khẩu không đúng. Nhập lại rồi thử lại.",
}
