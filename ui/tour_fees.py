"""The first half of the tour: signing in, and case 1, a notice before reception that the citizen pays online."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.words import DeliveryState, FeeStatus, State
from ui.notice.dialog import NoticeDialog
from ui.tasks import Tasks
from ui.tour_camera import Camera
from ui.tour_officer import TourOfficer
from ui.tour_stage import Stage, elsewhere

CITIZEN = "Công dân"
PHI_TAB, NOTICE_TAB = 2, 4
_BIRTH = "1.001193"  # phí 8.000 a copy, lệ phí set by the province
_ON_THE_WAY = (DeliveryState.QUEUED, DeliveryState.SENT)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone in the tour, and who takes the pictures."""

    stage: Stage
    tasks: Tasks
    camera: Camera
    desk: TourOfficer
    processor: TourOfficer

    def file(self, procedure: str, name: str, account: str, phone: str = "0914882662") -> str:
        """Let a citizen file; return the dossier's id."""
        email = f"{account}@gmail.com"
        return str(self.away(lambda: self.stage.file(procedure, name, phone, email, account), f"{name} nộp hồ sơ"))

    def pay(self, notice_id: str) -> None:
        """Let the citizen pay through VNPAY."""
        self.away(lambda: self.stage.pay(notice_id), "công dân đóng qua VNPAY")

    def later(self, minutes: float) -> None:
        """Let time pass for everyone."""
        self.away(lambda: self.stage.advance(minutes), "thời gian trôi")

    def away(self, operation: object, what: str) -> object:
        """Do something off the GUI thread."""
        return elsewhere(self.tasks, operation, what)  # type: ignore[arg-type]

    def delivered(self, officer: TourOfficer, dossier_id: str) -> str:
        """Wait until the newest notice has reached the citizen on every channel; return its id."""
        dossier = officer.sees(
            dossier_id,
            lambda found: bool(found.notices) and bool(found.notices[-1].deliveries)
            and all(item.state not in _ON_THE_WAY for item in found.notices[-1].deliveries),
            "thông báo tới công dân",
        )
        return dossier.notices[-1].id

    def received(self, dossier_id: str) -> None:
        """Let the desk receive a dossier and the portal give it its number."""
        self.desk.show(dossier_id)
        self.desk.next()
        self.desk.send_now()
        self.desk.sees(dossier_id, lambda found: bool(found.receipt_code), "cấp mã biên nhận")


def sign_in(cast: Cast) -> None:
    """Show the sign-in page and the desk with the strip of what waits."""
    desk = cast.desk
    desk.arrive()
    cast.camera.take(desk.program.gate, "dang-nhap", desk.who, "mở chương trình và đăng nhập qua trình duyệt")
    desk.sign_in()
    cast.camera.take(desk.window, "ban-lam-viec", desk.who, "vào bàn làm việc: dải trên cùng nói những gì đang chờ")


def case_1(cast: Cast) -> None:
    """Notice before reception, paid online, received."""
    desk, camera = cast.desk, cast.camera
    dossier_id = cast.file(_BIRTH, "Nguyễn Thị Hồng Nhung", "nguyenhongnhung")
    desk.window.news.since.hide()
    desk.show(dossier_id)
    camera.take(desk.window, "ho-so-moi", CITIZEN, "vừa nộp trực tuyến; hồ sơ tự về máy, cán bộ mở xem")

    desk.run("notify")
    form: NoticeDialog = desk.dialog(NoticeDialog)
    desk.previewed(form, "8.000")
    camera.take(desk.window, "thong-bao-cong-dan", desk.who, "bấm Thông báo công dân (F6): phí có sẵn, lệ phí nhập")
    form.fields.lines.rows[1].amount.setText("15000")
    desk.previewed(form, "23.000")
    camera.take(desk.window, "cong-dan-se-doc", desk.who, "nhập lệ phí; bên phải là thông báo và mã QR công dân sẽ đọc")
    desk.press(form)
    desk.offered_undo()
    camera.take(desk.window, "hoan-tac-8-giay", desk.who, "bấm Thông báo: đã lưu, còn 8 giây để hoàn tác")
    desk.send_now()
    notice = cast.delivered(desk, dossier_id)
    desk.window.desk_page.preview.set_tab(NOTICE_TAB)
    camera.take(desk.window, "da-toi-cong-dan", "Cổng", "đã gửi tài khoản, thư điện tử, tin nhắn; từng kênh nói rõ")

    viewer = desk.printed(camera.paper("giay-bao-truong-hop-1.pdf"))
    camera.take(desk.window, "giay-bao-vietqr", desk.who, "in giấy báo có mã VietQR để đưa tay")
    desk.close_dialog(viewer)

    cast.later(25)
    cast.pay(notice)
    desk.sees(dossier_id, lambda found: found.fee_status is FeeStatus.PAID, "tiền về không cần bấm")
    desk.window.desk_page.preview.set_tab(PHI_TAB)
    camera.take(desk.window, "da-dong-khong-can-bam", CITIZEN, "đóng qua VNPAY: dòng xanh và Đã đóng, không cần bấm gì")
    desk.front()
    desk.next()
    desk.offered_undo()
    camera.take(desk.window, "tiep-nhan", desk.who, "bấm Tiếp nhận (Ctrl+Enter): đã lưu, chờ Cổng cấp số")
    desk.send_now()
    desk.sees(dossier_id, lambda found: found.state is State.RECEIVED and bool(found.receipt_code), "cấp mã biên nhận")
    desk.window.desk_page.preview.set_tab(0)
    camera.take(desk.window, "ma-bien-nhan", "Cổng", "cấp mã biên nhận và ngày hẹn trả")
