"""The rows of the first mock-up, so that gallery and tests show what officers were shown."""

from __future__ import annotations

from ui.desk.queue_list import QueueItem
from ui.desk.row_view import RowView

_ROWS = (
    ("Đặng Thị Thu Hà", "H32.8-261116-0007", "Thay đổi, cải chính, bổ sung thông tin hộ tịch",
     "Đang xử lý · Đỗ Thị Hạnh", "due", "15.000 đ", "chờ đóng · đã xem", "late", "Quá 1 ngày 2h", "08:12 T5 19/11",
     "late", False),
    ("Võ Thành Long", "H32.8-261117-0044", "Đăng ký thành lập hộ kinh doanh", "Đã xử lý xong · chờ trả kết quả",
     "paid", "Đã đóng", "100.000 đ · BIDV", "soon", "Còn 4h", "16:12 hôm nay", "paid", False),
    ("Bùi Minh Tuấn", "H32.8-261117-0052", "Cấp Giấy xác nhận tình trạng hôn nhân", "Đã xử lý xong · chờ trả kết quả",
     "not_charged", "Không thu phí", "", "soon", "Còn 4h30", "16:42 hôm nay", "soon", False),
    ("Nguyễn Thị Hồng Nhung", "H32.8-261120-0005", "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
     "Mới đăng ký · trực tuyến 08:05", "none", "Chưa báo phí", "dự kiến 65.500 đ", "plain", "còn 5h53",
     "08:05 T2 23/11", "none", False),
    ("Trần Văn Bình", "H32.8-261120-0007", "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
     "Mới đăng ký · trực tuyến 08:32", "paid", "Đã đóng", "16.000 đ · VNPAY", "plain", "còn 7h20", "09:32 T2 23/11",
     "paid", False),
    ("Y Thiên Niê", "H32.8-261120-0009", "Đăng ký khai sinh", "Mới đăng ký · trực tuyến 09:10",
     "waived", "Miễn lệ phí", "đăng ký đúng hạn", "plain", "còn 6h58", "09:10 T2 23/11", "none", False),
    ("Trương Thị Cẩm Vân", "H32.8-261110-0042", "Đăng ký đất đai, cấp GCN lần đầu đối với hộ gia đình",
     "Dừng tính NVTC – cần thông báo", "none", "Chưa báo phí", "thuế: 11.240.000 đ", "paused", "Tạm dừng",
     "từ T5 19/11", "pause", False),
    ("Hồ Thị Kim Liên", "H32.8-261119-0060", "Chứng thực giao dịch liên quan đến tài sản, quyền tài sản",
     "Đã lưu trên máy – chưa gửi", "paid_unsent", "Đã đóng – chưa gửi", "50.000 đ · tiền mặt", "plain", "còn 7h18",
     "09:30 T2 23/11", "none", True),
    ("Phan Thị Mỹ Duyên", "H32.8-261118-0009", "Cấp Giấy xác nhận tình trạng hôn nhân", "Đã xử lý xong · gửi bưu chính",
     "paid", "Đã đóng", "15.000 đ · MoMo", "plain", "còn 1 ngày 1h", "11:12 T2 23/11", "paid", False),
    ("Dương Thị Mộng Tuyền", "H32.8-261119-0028", "Cấp giấy phép xây dựng sửa chữa, cải tạo",
     "Đang xử lý · Đỗ Minh Trí", "partial", "60.000 đ", "còn thiếu 5.500 đ", "done", "Đã xong trước hạn",
     "10:00 T3 01/12", "conflict", False),
    ("Cty TNHH Gas Vĩnh Hải", "H32.8-261113-0011", "Cấp GCN đủ điều kiện cửa hàng bán lẻ LPG chai",
     "Đang xử lý · Lê Quang Dũng", "due", "1.200.000 đ", "chờ đóng · SMS lỗi", "plain", "còn 10 ngày 2h",
     "14:25 T2 07/12", "none", False),
)

ROWS: tuple[RowView, ...] = tuple(
    RowView(f"id-{at}", *row, accessible=", ".join(row[:4])) for at, row in enumerate(_ROWS)  # type: ignore[arg-type]
)
TITLES = ("Chủ hồ sơ · mã", "Thủ tục · trạng thái", "Phí, lệ phí", "Hẹn trả")

_WORK, _WATCH, _DAY = "Hàng việc", "Cần để mắt", "Trong ngày"
QUEUES = (
    QueueItem("all", "Tất cả việc của quầy", "Tất cả việc của quầy", "tray", 30, group=_WORK),
    QueueItem("new", "Mới nộp", "Mới nộp", "files", 12, group=_WORK),
    QueueItem("to_notify", "Dừng tính NVTC – cần thông báo", "Dừng tính NVTC", "pause-circle", 3, group=_WORK),
    QueueItem("awaiting_payment", "Chờ thanh toán", "Chờ thanh toán", "hourglass-medium", 8, group=_WORK),
    QueueItem("supplemented", "Đã bổ sung", "Đã bổ sung", "archive-tray", 2, group=_WORK),
    QueueItem("to_return", "Chờ trả kết quả", "Chờ trả kết quả", "package", 5, group=_WORK),
    QueueItem("near", "Sắp hạn / Quá hạn", "Sắp hạn / Quá hạn", "alarm", 3, 1, _WORK, "soon_late"),
    QueueItem("decisions", "Cần xem lại", "Cần xem lại", "scales", 1, group=_WATCH, pill="conflict"),
    QueueItem("outbox", "Chờ gửi", "Chờ gửi", "cloud-arrow-up", 0, group=_WATCH),
    QueueItem("book", "Sổ thu", "Sổ thu", "money", "1.284.000 đ", group=_DAY),
    QueueItem("reports", "Báo cáo, bàn giao ca", "Báo cáo, bàn giao ca", "files", None, group=_DAY),
)


class InlineTasks:
    """Does the reading at once; stands in for the background door."""

    def query(self, operation, on_done, on_error=None, owner=None):
        on_done(operation())
