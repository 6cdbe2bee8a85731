"""What people read: one calm Vietnamese sentence for each code that ``app/`` raises.

Stands apart so that rules, store and portal speak in codes with parameters and only this table speaks Vietnamese; the
window and the command line both look here. A sentence says what happened, what was kept and what to do. Placeholders
``{like_this}`` take the error's parameters: a number called ``amount`` or ``…_dong`` is shown as ``120.000 đồng``, an
instant as ``08:00 20/11/2026``. A test compares the table with the codes raised in ``app/``, both ways.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.clock import VN
from app.errors import KnownError

SENTENCES: dict[str, str] = {
    "suspected-poison": "Cổng báo lỗi với việc này suốt một ngày trong khi vẫn nhận việc khác. "
    "Việc được giữ lại trên máy; báo bộ phận hỗ trợ.",
    # --- what was typed, scanned or attached
    "amount-empty": "Chưa nhập số tiền.",
    "amount-negative": "Số tiền không thể nhỏ hơn 0 đồng.",
    "amount-not-whole": "Số tiền “{text}” không đọc được. Nhập số đồng nguyên, ví dụ 65.500.",
    "amount-too-large": "Số tiền lớn nhất ghi được là {most}.",
    "identity-not-recognised": "Số giấy tờ “{text}” không đọc được. Nhập 12 số định danh, hoặc số hộ chiếu.",
    "already-worked-on": "Người nhận đã bắt đầu xử lý nên không rút lại được. Nhờ người nhận trả lại bước trước.",
    "awaiting-approval": "Hồ sơ đang chờ {name} duyệt. Chờ kết quả duyệt rồi làm tiếp.",
    "failure-needs-reason": "Giấy tờ “{name}” không đạt: ghi lý do để công dân biết cần sửa gì.",
    "no-step-before": "Hồ sơ chưa qua bước nào trước đó nên không trả lại được.",
    "no-such-component": "Thành phần hồ sơ này không còn trong danh sách. Mở lại hồ sơ rồi kiểm tra tiếp.",
    "not-a-head": "{name} không phải lãnh đạo của đơn vị đang xử lý. Chọn lãnh đạo khác để trình.",
    "not-of-the-unit": "{name} không thuộc đơn vị đang xử lý hồ sơ. Chọn cán bộ khác.",
    "nothing-submitted": "Hồ sơ này không có đề xuất nào chờ duyệt.",
    "papers-needed": "Ghi ít nhất một giấy tờ cần bổ sung.",
    "signer-needed": "Kết quả đã ký cần tên người ký. Ghi tên người ký, hoặc chọn chưa kiểm tra chữ ký.",
    "stopped-for-good": "Hồ sơ đã dừng giải quyết hẳn nên không tiếp tục được. Công dân cần nộp hồ sơ mới.",
    "supply-by-past": "Hạn bổ sung đã qua. Chọn một ngày từ hôm nay trở đi.",
    "already-registered": "Hồ sơ này đã được tiếp nhận. Mở hồ sơ để xem; không ghi thêm gì.",
    "component-unsound": "Thành phần hồ sơ cần có tên và số bản không âm. Sửa dòng chưa đúng rồi tiếp nhận.",
    "made-in-future": "Giờ nhận {since} chưa tới. Kiểm tra đồng hồ của máy; chưa tiếp nhận gì.",
    "mailing-unsound": "Ghi tên người nhận và địa chỉ để gửi kết quả qua bưu chính.",
    "sets-unsound": "Số bộ hồ sơ cần từ 1 đến {limit}.",
    "number-not-leased": "Mã {code} không thuộc dải số cấp cho máy này. Việc được giữ lại; gửi lại để Cổng cấp số.",
    "procedure-changed": "Thủ tục này đã có bản mới trên Cổng. Việc được giữ lại; đồng bộ rồi nhận lại theo bản mới.",
    "procedure-unsound": "Thủ tục này chưa có quy trình xử lý. Báo quản trị; chưa tiếp nhận gì.",
    "tax-code-invalid": "Mã số thuế không đúng: cần 10 số (có số kiểm tra), 10 số và -nnn, hoặc 12 số.",
    "too-many-components": "Hồ sơ có quá {limit} thành phần. Gộp bớt rồi tiếp nhận.",
    "calendar-malformed": "Lịch làm việc không đọc được ({why}). Vẫn dùng lịch đang có.",
    "calendar-hours": "Giờ làm việc {text} không đúng: buổi sáng trước buổi chiều, giờ đầu trước giờ cuối, dạng 07:00.",
    "calendar-hours-differ": "Giờ làm việc và quy tắc của các năm phải giống nhau. Vẫn dùng lịch đang có.",
    "calendar-day-twice": "Ngày {day} ghi hai lần trong lịch làm việc. Giữ một dòng; vẫn dùng lịch đang có.",
    "calendar-day-elsewhere": "Ngày {day} không thuộc năm {year} của lịch này. Vẫn dùng lịch đang có.",
    "calendar-year-twice": "Năm {year} có hai lịch làm việc. Giữ một lịch rồi nạp lại.",
    "calendar-worked-weekday": "Ngày làm bù {day} không phải thứ Bảy, Chủ nhật. Vẫn dùng lịch đang có.",
    "calendar-swap": "Ngày {day} được đổi mà không phải ngày nghỉ trong lịch, hoặc đã đổi rồi. Vẫn dùng lịch cũ.",
    "birth-date-off": "Ngày sinh phải từ năm 1900 đến hôm nay. Ghi đủ bốn chữ số của năm.",
    "card-date-invalid": "Mã trên thẻ có ngày không đọc được. Nhập tay thông tin trên thẻ.",
    "card-not-recognised": "Mã vừa quét không phải mã QR của thẻ căn cước. Quét lại, hoặc nhập tay.",
    "citizen-number-invalid": "Số định danh cần đúng 12 chữ số.",
    "citizen-number-old": "Chứng minh nhân dân 9 số hết giá trị từ 01/01/2025. Nhập số định danh 12 chữ số.",
    "dossier-code-malformed": "Mã hồ sơ “{text}” không đúng dạng. Mã có dạng H32.8-261120-0007.",
    "limit-not-valid": "Thời hạn “{given}” không hợp lệ. Nhập số lớn hơn 0, nhiều nhất 3650.",
    "limit-zero": "Thời hạn giải quyết phải lớn hơn 0. Thủ tục trả kết quả trong ngày dùng đơn vị “trong ngày”.",
    "nothing-proposed": "Hồ sơ không có đề nghị gia hạn nào đang chờ ký.",
    "already-extended": "Hồ sơ đã xin lỗi và hẹn lại lúc {since}; chỉ được hẹn lại một lần.",
    "no-appointment": "Hồ sơ chưa có hẹn trả nên chưa có gì để hẹn lại.",
    "new-date-not-later": "Ngày hẹn mới phải sau {since}.",
    "new-date-needed": "Chưa có ngày hẹn mới. Nhập ngày giờ hẹn lại.",
    "new-date-off": "Ngày {day} cơ quan không làm việc. Chọn ngày làm việc khác.",
    "pause-ends-first": "Khoảng tạm dừng kết thúc trước khi bắt đầu. Nhập lại hai mốc.",
    "cutoff-not-valid": "Giờ chốt nhận trong ngày “{text}” không đọc được. Nhập dạng 15:00.",
    "name-empty": "Chưa nhập tên.",
    "name-too-long": "Tên dài quá {most} ký tự. Rút ngắn rồi thử lại.",
    "number-birth-mismatch": "Số định danh không khớp năm sinh. Kiểm tra lại; vẫn ghi được.",
    "number-sex-mismatch": "Số định danh không khớp giới tính trên thẻ. Kiểm tra lại; vẫn ghi được.",
    "phone-invalid": "Số điện thoại không đúng. Nhập số di động 10 chữ số hoặc số máy bàn có mã vùng.",
    "qr-bad-account": "Số tài khoản {account} không dùng được cho mã QR. Kiểm tra tài khoản thụ hưởng của đơn vị.",
    "qr-bad-amount": "Mã QR cần số tiền nguyên lớn hơn 0 đồng.",
    "qr-bad-bank": "Mã ngân hàng {bank_bin} không đúng: cần 6 chữ số.",
    "qr-bad-crc": "Mã QR bị sai hoặc bị sửa: số kiểm tra không khớp. Không dùng mã này.",
    "qr-bad-purpose": "Nội dung chuyển khoản “{purpose}” cần 1 đến 25 ký tự không dấu.",
    "qr-malformed": "Mã này không phải mã VietQR.",
    "bad-usage": "Lệnh chưa đúng cách dùng. Thêm --help để xem cách dùng.",
    "date-malformed": "Ngày “{text}” không đọc được. Nhập dạng 20/11/2026 hoặc 2026-11-20.",
    "other-malformed": "Khoản “{text}” không đọc được. Nhập dạng TÊN=SỐ TIỀN, ví dụ “Trích lục=50.000”.",
    "file-not-readable": "Không đọc được tệp “{name}”. Kiểm tra đường dẫn rồi thử lại; chưa ghi gì.",
    "file-empty": "Tệp “{name}” trống. Hãy chọn tệp khác; chưa ghi gì.",
    "file-type-contradicts": "Tệp “{name}” có nội dung không đúng với đuôi tệp nên không nhận. Hãy chọn đúng tệp gốc.",
    "file-type-unknown": "Tệp “{name}” không phải PDF, JPG hay PNG nên không nhận. Chuyển sang PDF rồi thử lại.",
    "no-such-dossier": "Không có hồ sơ “{code}” trên máy này. Kiểm tra mã, hoặc đồng bộ rồi tìm lại.",
    "qr-no-code": "Hồ sơ đang chờ cấp số nên chưa có mã QR nộp tiền. Mã có khi Cổng cấp số.",
    "no-such-procedure": "Không có thủ tục “{code}” trên máy này. Kiểm tra mã, hoặc đồng bộ rồi thử lại.",
    "no-such-target": "Không có đơn vị hay cán bộ “{to}”. Kiểm tra tên rồi thử lại; chưa chuyển hồ sơ.",
    "no-such-decision": "Mục này không còn chờ quyết định, hoặc không có cách giải quyết đó. Mở lại Cần xem lại.",
    "newer-words": "Hồ sơ {code} do Cổng mới hơn ghi nên chỉ xem được. Hãy cập nhật chương trình để xử lý.",
    # --- what became of a deed, said by the command line
    "outbox-queued": "Đã lưu trên máy – chưa gửi. Chương trình sẽ tự gửi khi tới được Cổng.",
    "outbox-sending": "Đã lưu trên máy, đang chờ Cổng trả lời. Chương trình sẽ tự hỏi lại.",
    "outbox-acked": "Đã lên Cổng.",
    "outbox-needs-decision": "Cổng không chấp nhận việc này. Việc vẫn được giữ trên máy, ở mục Cần xem lại.",
    "outbox-parked": "Việc được giữ trên máy và tạm dừng gửi. Xem lý do ở mục Cần xem lại.",
    "outbox-resolved": "Việc này đã kết thúc, không gửi nữa.",
    "tick-unpaid": "Đã hỏi Cổng lúc {at}: chưa có khoản nộp nào cho thông báo này.",
    "tick-paying": (
        "Công dân đang mở trang thanh toán từ {since}. Vẫn ghi khoản thu tại quầy; nếu nộp hai lần sẽ có "
        "mục hoàn trả."
    ),
    "tick-paid": "Đã hỏi Cổng lúc {at}: thông báo này đã được thanh toán.",
    "tick-closed": "Đã hỏi Cổng lúc {at}: thông báo này không còn chờ thanh toán.",
    # --- what waits for a decision, and its ways out
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
    "rescue-not-written": (
        "Chưa lưu được gì: không ghi được sổ cứu hộ vào {path}. "
        "Hãy giải phóng chỗ trống trên ổ đĩa rồi ghi lại khoản thu."
    ),
    "rescue-no-key": (
        "Chưa lưu được gì: máy này chưa có khóa của tỉnh để giữ bản dự phòng của khoản thu. "
        "Hãy đăng nhập lại khi có mạng."
    ),
    "rescue-key-malformed": "Tệp khóa không phải khóa của tỉnh: cần 64 chữ số hệ 16 trong {path}.",
    "decision-money-stays": "Tiền đã thu thật nên không bỏ được.",
    "refund-at-counter": "Hoàn trả khoản thu tại quầy.",
    "refund-at-counter-effect": "Trả lại tại quầy khoản đã thu trực tiếp; khoản nộp trực tuyến vẫn tính là đã đóng.",
    "refund-by-gateway": "Hoàn trả khoản nộp trực tuyến.",
    "refund-by-gateway-effect": (
        "Trả lại qua cổng thanh toán khoản nộp trực tuyến; khoản thu tại quầy vẫn tính là đã đóng."
    ),
    # --- rules: why an action is not possible now
    "wrong-state": "Hồ sơ đang ở bước “{state}” nên chưa thể {command}.",
    "not-your-right": "Tài khoản này không có quyền {command} cho hồ sơ này.",
    "someone-paying": "Có người đang thanh toán từ {since}. Chờ kết quả, hoặc chọn “Vẫn từ chối”.",
    "not-your-notice": "Chỉ người đã gửi hoặc lãnh đạo đơn vị được thay thông báo này.",
    "same-line-open": "Khoản “{name}” đang chờ thanh toán ở thông báo khác. Ghi lý do nếu vẫn cần thu thêm.",
    "pay-by-past": "Hạn nộp đã qua. Chọn từ hôm nay trở đi.",
    "nobody-reachable": "Không còn kênh nào tới được công dân. Sửa số điện thoại hoặc thư điện tử, gọi, hoặc giao tay.",
    "channel-not-by-hand": "Chỉ ghi được cuộc gọi hoặc giao tay; các kênh khác do Cổng gửi.",
    "contact-needed": "Chưa nhập số điện thoại hoặc thư điện tử.",
    "email-malformed": "Địa chỉ thư điện tử không đúng. Nhập dạng ten@noi.vn.",
    "ground-needed": "Chưa chọn căn cứ miễn.",
    "ground-not-for-line": "Căn cứ “{ground}” không miễn được khoản “{name}”. Miễn từng khoản, hoặc chọn căn cứ khác.",
    "nothing-to-waive": "Không còn khoản nào để miễn: đã nộp, đã miễn hoặc đã hủy.",
    "no-such-line": "Thông báo không có dòng này.",
    "several-open-notices": "Hồ sơ có {count} thông báo đang chờ. Chọn một thông báo để miễn.",
    "no-such-payment": "Không có khoản thu nào tại quầy để huỷ ghi nhận.",
    "nothing-to-confirm": "Không có khoản thu nào chờ người thứ hai xác nhận.",
    "second-officer-needed": "Trên {amount_dong} cần người thứ hai xác nhận. Khoản thu đã ghi, chưa tính là đã đóng.",
    "second-officer-first": (
        "Khoản thu {amount_dong} đang chờ người thứ hai xác nhận. Xác nhận hoặc huỷ ghi nhận khoản đó trước."
    ),
    "already-reversed": "Khoản này đã được huỷ ghi nhận.",
    "not-a-desk-payment": "Khoản này do ngân hàng hoặc ví chuyển tới, không phải ghi tại quầy. Hãy làm hoàn tiền.",
    "already-refunded": "Khoản này đã hoàn trả nên không huỷ ghi nhận được.",
    "already-notified": "Công dân đã được thông báo hoặc đã nộp. Hủy thông báo trước.",
    "still-owing": "Chứng từ chưa đủ: đợt dừng này cần nộp {amount_dong}.",
    "amount-over-rest": "Thông báo chỉ còn {amount_dong}. Ghi đúng số còn lại.",
    "refund-not-the-case": "Việc hoàn tiền này là {amount_dong}. Hoàn đúng số đó.",
    "refund-not-approved": "Lãnh đạo chưa duyệt việc hoàn tiền này.",
    "refund-too-large": "Khoản nộp chỉ còn {amount_dong} để hoàn.",
    "surplus-goes-back": "Khoản nộp thừa {amount_dong} phải hoàn trả hoặc dùng cho thông báo khác, không khép được.",
    "tax-notice-elsewhere": "Thông báo thuế số {number} đã dùng ở hồ sơ {code}. Kiểm tra lại.",
    "awaiting-gate": "Đã lưu trên máy, chờ Cổng xác nhận đã nộp. Chưa in giấy tiếp nhận.",
    "use-for-notice": "Dùng cho thông báo “{title}”.",
    "use-for-notice-effect": "Số tiền này trả cho thông báo đang chờ; phần còn thừa, nếu có, sẽ được hoàn.",
    "looks-not-yours": "Chỉ lãnh đạo và quản trị viên xem nhật ký tra cứu.",
    "calendar-not-yours": "Chỉ quản trị viên được sửa lịch làm việc.",
    "calendar-changed": "Lịch năm {year} đã được thay trên Cổng (bản {version}). Xem bản mới rồi sửa lại.",
    "hand-over-not-yours": "Chỉ lãnh đạo đơn vị được giao việc chưa gửi của người vắng mặt cho người khác.",
    "nothing-unsent": "{name} không có việc chưa gửi nào để giao, hoặc việc chưa chờ đủ một giờ làm việc.",
    "not-handed-over": "Lãnh đạo chưa giao việc chưa gửi của {name} cho bạn trên máy này. Việc vẫn được giữ.",
    "phrase-empty": "Gõ câu vào ô lý do trước, rồi giữ làm mẫu.",
    "phrase-too-long": "Mẫu câu dài nhất {most} chữ cái. Rút ngắn rồi giữ lại; chữ đã gõ còn nguyên.",
    "phrases-full": "Đã có {most} mẫu của bạn cho việc này. Bỏ bớt một mẫu rồi giữ lại.",
    "signer-too-long": "Chức danh và họ tên người ký dài nhất {most} chữ cái.",
    "settings-not-yours": "Chỉ quản trị được đổi cài đặt của đơn vị.",
    "cover-not-yours": "Chỉ lãnh đạo đơn vị được phân công người xử lý thay.",
    "leave-over": "Ngày nghỉ đã qua. Chọn ngày cuối từ hôm nay trở đi.",
    "leaves-overlap": "{name} đã có ngày nghỉ từ {since} đến {until}. Sửa hoặc kết thúc lần nghỉ đó trước.",
    "substitute-away": (
        "{name} cũng nghỉ từ {since} đến {until}. Chọn người khác, hoặc để hồ sơ về hàng chờ của đơn vị."
    ),
    "no-such-leave": "{name} không có lần nghỉ nào bắt đầu từ ngày {day}.",
    "leave-ends-first": "Ngày nghỉ hoặc người thay chưa đúng: ngày cuối sau ngày đầu, người thay là người khác.",
    "gate-unpaid": (
        "Hồ sơ còn khoản thu trước {amount_dong} chưa thanh toán, thông báo lúc {since}. Tiếp nhận được khi công dân "
        "đã nộp, hoặc khi đánh dấu đã thanh toán kèm chứng từ."
    ),
    "not-online": "Thủ tục này chưa cho nộp tiền trực tuyến tại đơn vị. Thu tại quầy rồi ghi nhận kèm chứng từ.",
    "owing-needs-reason": "Hồ sơ còn nợ {amount_dong}. Ghi lý do rồi mới trả kết quả được.",
    "stale-notice": (
        "Thông báo chờ gửi quá 30 phút và hồ sơ đã thay đổi trong lúc đó nên chưa gửi. Xem lại số tiền rồi gửi lại."
    ),
    "accept-first": "Bấm “Tiếp nhận bổ sung” trước, rồi mới thông báo công dân.",
    "no-open-notice": "Không có thông báo thu nào đang chờ thanh toán.",
    "no-open-case": "Không có khoản hoàn trả nào đang chờ quyết định.",
    "reason-needed": "Chưa ghi lý do.",
    "receiver-needed": "Chưa ghi tên người nhận kết quả.",
    "title-needed": "Chưa ghi tiêu đề thông báo.",
    "too-many-lines": "Một thông báo có nhiều nhất {limit} khoản. Tách thành hai thông báo.",
    "no-line": "Thông báo cần ít nhất một khoản, mỗi khoản lớn hơn 0 đồng.",
    "nvtc-only-when-suspended": (
        "Khoản nghĩa vụ tài chính chỉ thông báo được khi hồ sơ đang dừng tính và đã có thông báo của cơ quan thuế."
    ),
    "nvtc-not-as-suspended": "Khoản nghĩa vụ tài chính phải đúng {amount_dong} theo thông báo của cơ quan thuế.",
    "nothing-in-the-way": "Không có khoản nào phải đóng trước khi tiếp nhận. Bấm Tiếp nhận.",
    "notice-closed": "Thông báo này không còn chờ thanh toán: đã nộp, đã hủy hoặc đã thay.",
    "no-such-form": "Không có mẫu {form}. Ghi số mẫu từ 01 đến 07.",
    "no-such-code": "Cổng không có hồ sơ nào mang mã {code}. Xem lại từng số, hoặc tìm theo tên.",
    "form-does-not-fit": "Hồ sơ {code} chưa tới bước hoặc đã qua bước của mẫu này; chưa in gì. Chọn mẫu khác.",
    "no-form-yet": "Bước này chưa có phiếu để in. Tiếp nhận, từ chối hoặc thông báo trước rồi in.",
    "no-such-notice": "Hồ sơ này không có thông báo đó. Mở lại hồ sơ rồi chọn lại thông báo.",
    "amount-not-positive": "Số tiền phải lớn hơn 0 đồng.",
    "evidence-needed": (
        "Cần một trong ba: số và ngày chứng từ, tệp chứng từ, hoặc thông tin từ 10 ký tự (nguồn, ai, khi nào)."
    ),
    "already-paid": "Thông báo này đã được thanh toán {amount_dong} lúc {since}. Không cần thu nữa; chưa ghi thêm gì.",
    "tax-notice-needed": "Đã ghi số tiền thì cần cả số và ngày thông báo của cơ quan thuế.",
    "case-closed": "Khoản hoàn trả này đã có quyết định.",
    "not-this-payment": "Lần nộp đã chọn không thuộc thông báo này hoặc nhỏ hơn số phải hoàn. Chọn lần nộp khác.",
    # --- papers shown on this machine
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
    # --- portal and connection
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
    "account-revoked": (
        "Tài khoản này đã bị thu hồi nên số liệu hồ sơ trên máy đã được xóa. Việc chưa gửi vẫn được giữ; lãnh đạo đơn "
        "vị chuyển cho người khác gửi."
    ),
    "keep-days": "Số ngày giữ hồ sơ đã xong trên máy từ 1 đến {most}.",
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
    # --- the sandbox portal and its citizens
    "paper-not-readable": "Không đọc được tệp “{name}”. Kiểm tra đường dẫn rồi thử lại.",
    "sandbox-refused": "Cổng thử không nhận yêu cầu: {reason}.",
    "wrong-password": "Tên đăng nhập “{username}” hoặc mật khẩu không đúng. Nhập lại rồi thử lại.",
    # --- the store on this machine
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

# How officers say a dossier's state (national status codes) and a command, in the middle of a sentence.
STATE_NAMES: dict[int, str] = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện NVTC",
    7: "Công dân yêu cầu rút",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
_PERSON_FIELDS: dict[str, str] = {
    "name": "họ tên",
    "kind": "loại",
    "identity_no": "số giấy tờ",
    "phone": "điện thoại",
    "email": "thư điện tử",
    "account": "tài khoản",
    "address": "địa chỉ",
    "birth_date": "ngày sinh",
}
# What an officer may correct, as the form calls it.
FIELD_NAMES: dict[str, str] = {
    **{f"applicant.{name}": f"{words} chủ hồ sơ" for name, words in _PERSON_FIELDS.items()},
    **{f"submitter.{name}": f"{words} người nộp" for name, words in _PERSON_FIELDS.items()},
    "procedure": "thủ tục",
    "components": "thành phần hồ sơ",
    "summary": "nội dung đề nghị",
    "result_channel": "cách nhận kết quả",
    "sets": "số bộ",
    "mail_to": "nơi nhận bưu phẩm",
    "result_also_online": "bản điện tử trên Cổng",
}
COMMAND_NAMES: dict[str, str] = {
    "receive": "tiếp nhận",
    "receive_unpaid": "tiếp nhận khi chưa đóng",
    "refuse": "từ chối",
    "register": "tiếp nhận tại quầy",
    "lodge": "ghi hồ sơ nộp tại quầy",
    "correct_reception": "sửa thông tin tiếp nhận",
    "check_components": "kiểm tra thành phần hồ sơ",
    "request_supplement": "yêu cầu bổ sung",
    "ask_citizen": "báo công dân bổ sung",
    "bring_supplement": "nhận giấy tờ bổ sung",
    "assign": "phân công",
    "give_back": "trả lại bước trước",
    "recall": "rút lại bước vừa chuyển",
    "submit_to_head": "trình lãnh đạo",
    "decide_approval": "duyệt",
    "stop_handling": "dừng giải quyết",
    "withdraw": "ghi nhận công dân rút hồ sơ",
    "forward": "chuyển xử lý",
    "suspend": "dừng tính nghĩa vụ tài chính",
    "accept_supplement": "tiếp nhận bổ sung",
    "complete": "hoàn thành",
    "return": "trả kết quả",
    "notify": "thông báo công dân",
    "cancel_notice": "hủy thông báo",
    "tick_paid": "ghi nhận đã thanh toán phí, lệ phí",
    "decide_refund": "quyết định hoàn trả",
    "collect": "thu tại quầy",
    "waive": "miễn",
    "reverse_payment": "huỷ ghi nhận",
    "confirm_payment": "xác nhận khoản thu",
    "remind": "nhắc",
    "reach": "ghi đã báo tận tay",
    "correct_contact": "sửa địa chỉ liên hệ",
    "add_tax_notice": "thêm thông báo thuế",
    "send_back": "trả lại thụ lý",
    "cancel_suspension": "huỷ dừng tính",
    "resume": "tiếp tục",
    "approve_refund": "duyệt hoàn tiền",
    "pay_refund": "ghi đã hoàn tiền",
    "close_case": "khép việc",
    "propose_extension": "đề nghị gia hạn",
    "decline_extension": "không duyệt gia hạn",
    "extend": "ký văn bản xin lỗi và hẹn lại",
}
# Grounds of a waiver that the fee table or the tax office's notice gives; any other is the head's own words.
GROUND_NAMES: dict[str, str] = {
    "nguoi-co-cong": "Người có công với cách mạng",
    "ho-ngheo": "Hộ nghèo, cận nghèo",
    "khuyet-tat": "Người khuyết tật",
    "dung-han": "Miễn theo quy định của bảng phí",
    "thue-0-dong": "Thông báo thuế 0 đồng",
    "ghi-no": "Được ghi nợ nghĩa vụ tài chính",
}
# Ways in which money arrives.
WAY_NAMES: dict[str, str] = {
    "gateway": "Cổng thanh toán",
    "transfer": "Chuyển khoản",
    "counter_cash": "Tiền mặt",
    "counter_pos": "Thẻ (POS)",
    "counter_transfer": "Chuyển khoản tại quầy",
    "treasury": "Kho bạc",
}
# What happened, for histories; amounts and names stand beside it.
HISTORY_NAMES: dict[str, str] = {
    "submitted": "Công dân nộp hồ sơ",
    "received": "Tiếp nhận",
    "lodged": "Ghi hồ sơ nộp tại quầy",
    "reception_corrected": "Sửa thông tin tiếp nhận",
    "components_checked": "Kiểm tra thành phần hồ sơ",
    "supplement_requested": "Yêu cầu bổ sung",
    "citizen_asked": "Đã báo công dân bổ sung",
    "supplemented": "Đã bổ sung",
    "assigned": "Phân công",
    "given_back": "Trả lại bước trước",
    "recalled": "Rút lại bước vừa chuyển",
    "submitted_to_head": "Trình lãnh đạo",
    "approved": "Lãnh đạo duyệt",
    "not_approved": "Lãnh đạo không duyệt",
    "stopped": "Dừng giải quyết",
    "rated": "Công dân đánh giá",
    "refused": "Không tiếp nhận",
    "withdrawn": "Công dân yêu cầu rút",
    "forwarded": "Chuyển xử lý",
    "suspended": "Dừng tính nghĩa vụ tài chính",
    "supplement_accepted": "Tiếp nhận bổ sung",
    "tax_notice_added": "Thêm thông báo thuế",
    "sent_back": "Trả lại thụ lý",
    "suspension_cancelled": "Huỷ dừng tính",
    "resumed": "Đồng hồ chạy tiếp",
    "covered": "Chuyển người xử lý thay",
    "completed": "Đã xử lý xong",
    "returned": "Đã trả kết quả",
    "notice_sent": "Thông báo công dân",
    "notice_cancelled": "Hủy thông báo",
    "notice_superseded": "Thay thông báo",
    "collected": "Thu tại quầy",
    "payment_recorded": "Đã đóng",
    "payment_confirmed": "Người thứ hai xác nhận khoản thu",
    "payment_reversed": "Ghi nhầm – huỷ ghi nhận",
    "waived": "Miễn",
    "reminded": "Nhắc nộp",
    "reached": "Đã báo tận tay",
    "contact_corrected": "Sửa địa chỉ liên hệ",
    "case_opened": "Mở việc tiền",
    "case_changed": "Việc hoàn tiền đổi số tiền",
    "case_lapsed": "Việc tiền không còn cần",
    "case_closed": "Khép việc tiền",
    "refund_decided": "Đã chọn cách hoàn tiền",
    "refund_approved": "Duyệt hoàn tiền",
    "refunded": "Đã hoàn tiền",
    "extension_proposed": "Đề nghị gia hạn",
    "extension_declined": "Không duyệt gia hạn",
    "extended": "Xin lỗi và hẹn lại",
    "calendar_changed": "Lịch làm việc thay đổi, hẹn tính lại",
}
# Who may do what, as the table of rights names them.
WHO_NAMES: dict[str, str] = {
    "reception": "bộ phận một cửa đã nhận hồ sơ",
    "receive_unpaid": "cán bộ một cửa có quyền tiếp nhận khi chưa đóng",
    "holder": "cán bộ đang thụ lý",
    "fee_holder": "cán bộ đang giữ hồ sơ ở bước thu phí",
    "head": "lãnh đạo đơn vị",
    "sender": "người đã gửi thông báo",
    "unit": "cán bộ của đơn vị đang xử lý",
    "passer": "người vừa chuyển hồ sơ",
    "cashier": "thủ quỹ",
    "suspender": "cán bộ đã dừng tính",
    "ticker_today": "người đã ghi nhận, trong ngày",
}

_LONGEST_SHOWN = 200  # characters of one parameter: a name of 500 characters must not push the sentence off the screen
_MISSING = "…"


class _Formatter(string.Formatter):
    """Plain ``str.format`` with names only: no attribute or index access, and a missing name shows as ``…``."""

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return _shown(field_name, kwargs[field_name]) if field_name in kwargs else _MISSING, field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        return str(value)


def _shown(name: str, value: object) -> str:
    if (name == "amount" or name.endswith("_dong")) and isinstance(value, int):
        return f"{value:,}".replace(",", ".") + " đồng"
    if name == "state" and isinstance(value, int):
        return STATE_NAMES.get(value, str(value))
    if name == "ground":
        return GROUND_NAMES.get(str(value), cleaned(value))
    if name == "command":
        return COMMAND_NAMES.get(str(value), cleaned(value))
    if name == "fields" and isinstance(value, list | tuple):
        return cleaned(", ".join(FIELD_NAMES.get(str(field), cleaned(field)) for field in value))
    if isinstance(value, datetime):
        return f"{value.astimezone(VN):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return cleaned(value)


def cleaned(value: object) -> str:
    """Return ``value`` as one short line of visible text: no controls, no bidi or zero-width marks.

    Parameters come from citizens, files and the network; the marks could turn an amount or a name around.

    >>> cleaned("Nguyễn\\u202e Văn\\n A")
    'Nguyễn Văn A'
    """
    text = unicodedata.normalize("NFC", str(value))
    visible = "".join(
        " " if char.isspace() else char for char in text if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    line = " ".join(visible.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def sentence(code: str, /, **params: object) -> str:
    """Return the sentence of ``code`` with ``params`` filled in, cleaned.

    An unknown code (a newer portal may send one) gives a general sentence that names it; never raises.
    """
    template = SENTENCES.get(code)
    if template is None:
        return f"Việc này chưa thực hiện được (mã {cleaned(code)})."
    return _Formatter().vformat(template, (), params)


def of(error: KnownError) -> str:
    """Return the sentence that explains ``error``."""
    return sentence(error.code, **error.params)


def who_could(people: Sequence[str]) -> str:
    """Return the sentence that says who could do it instead; words of the table of rights, or names of officers."""
    return f"Người làm được: {', '.join(WHO_NAMES.get(who, cleaned(who)) for who in people)}." if people else ""
