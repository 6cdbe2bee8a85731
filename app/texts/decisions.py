"""Sentences about a deed on its way: what became of it, what a human must decide, and the ways out."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "no-such-decision": "Mục này không còn chờ quyết định, hoặc không có cách giải quyết đó. Mở lại Cần xem lại.",
    "outbox-needs-decision": "Cổng không chấp nhận việc này. Việc vẫn được giữ trên máy, ở mục Cần xem lại.",
    "outbox-parked": "Việc được giữ trên máy và tạm dừng gửi. Xem lý do ở mục Cần xem lại.",
    "outbox-resolved": "Việc này đã kết thúc, không gửi nữa.",
    "tick-unpaid": "Đã hỏi Cổng lúc {at}: chưa có khoản nộp nào cho thông báo này.",
    "tick-paying": (
        "Công dân đang mở trang thanh toán từ {since}. Vẫn ghi khoản thu tại quầy; nếu nộp hai lần sẽ có mục hoàn trả."
    ),
    "tick-paid": "Đã hỏi Cổng lúc {at}: thông báo này đã được thanh toán.",
    "tick-closed": "Đã hỏi Cổng lúc {at}: thông báo này không còn chờ thanh toán.",
    "decided": "Đã ghi quyết định.",
    "decision-paid-twice": (
        "{applicant} đã nộp hai lần {amount_dong}. Chọn lần nộp sẽ hoàn trả; lần kia vẫn tính là đã đóng."
    ),
    "decision-surplus": "{applicant} đã nộp thừa {amount_dong}. Cần hoàn trả.",
    "decision-no-result": (
        "{applicant} đã nộp {amount_dong}, hồ sơ không có kết quả. Cần hoàn trả, trừ khi việc thu phí đã thực hiện."
    ),
    "decision-again": "Gửi lại.",
    "decision-again-effect": "Gửi lại đúng việc này lên Cổng, không làm hai lần.",
    "decision-mine": "Giữ của tôi.",
    "decision-mine-effect": "Gửi lại: chỗ hai bản khác nhau ghi theo bạn, chỗ bạn không sửa giữ như trên Cổng.",
    "decision-theirs": "Giữ của họ.",
    "decision-theirs-effect": "Không gửi nữa; hồ sơ giữ như trên Cổng. Bản của bạn vẫn được ghi trong nhật ký.",
    "decision-theirs-rest": "Chỗ hai bản khác nhau giữ như trên Cổng; những chỗ khác bạn đã sửa vẫn được gửi.",
    "decision-new-number": "Để Cổng cấp số mới.",
    "decision-new-number-effect": (
        "Tiếp nhận lại đúng hồ sơ này, không kèm số; khoản thu và việc sau đó đi tiếp. Số đã in không còn dùng:"
        " in lại giấy tiếp nhận cho công dân."
    ),
    "decision-new-version": "Tiếp nhận theo bản mới của thủ tục.",
    "decision-new-version-effect": (
        "Gửi lại với quy trình, thời hạn của bản mới, giữ nguyên số và giờ nhận; việc sau đó đi tiếp. Xem lại ngày hẹn"
        " trả rồi in lại giấy tiếp nhận."
    ),
    "decision-others-wait": "Hồ sơ này còn việc khác chờ gửi theo sau. Xử lý các việc đó trước.",
    "decision-drop": "Bỏ việc này.",
    "decision-drop-effect": "Không gửi nữa; hồ sơ trở lại như trên Cổng. Việc vẫn được ghi trong nhật ký.",
    "decision-not-given": "Đưa tiền hoàn về lại quỹ.",
    "decision-not-given-effect": (
        "Chỉ chọn khi số tiền hoàn đã nằm lại trong quỹ. Sổ thu ghi một dòng ngược lại; không gửi việc này nữa."
    ),
    "reconcile-not-at-portal": "{code}: máy này đã gửi {here_dong}, Cổng không có khoản này.",
    "reconcile-differs": "{code}: máy này ghi {here_dong}, Cổng ghi {there_dong}.",
    "reconcile-not-here": "{code}: Cổng có {there_dong} đứng tên bạn, máy này không ghi (có thể thu ở máy khác).",
    "decision-money-stays": "Tiền đã thu thật nên không bỏ được.",
    "refund-at-counter": "Hoàn trả khoản thu tại quầy.",
    "refund-at-counter-effect": "Trả lại tại quầy khoản đã thu trực tiếp; khoản nộp trực tuyến vẫn tính là đã đóng.",
    "refund-by-gateway": "Hoàn trả khoản nộp trực tuyến.",
    "refund-by-gateway-effect": (
        "Trả lại qua cổng thanh toán khoản nộp trực tuyến; khoản thu tại quầy vẫn tính là đã đóng."
    ),
    "awaiting-gate": "Đã lưu trên máy, chờ Cổng xác nhận đã nộp. Chưa in giấy tiếp nhận.",
    "use-for-notice": "Dùng cho thông báo “{title}”.",
    "use-for-notice-effect": "Số tiền này trả cho thông báo đang chờ; phần còn thừa, nếu có, sẽ được hoàn.",
}
