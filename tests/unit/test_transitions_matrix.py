"""Every (state, command, role) against a table written by hand from the life of a dossier and the table of rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app import texts
from app.domain import second_officer
from app.domain.commands import (
    TYPES,
    AcceptSupplement,
    AddTaxNotice,
    ApproveRefund,
    CancelNotice,
    CancelSuspension,
    CloseCase,
    Collect,
    Command,
    Complete,
    ConfirmPayment,
    DecideRefund,
    DeclineExtension,
    Extend,
    Forward,
    Notify,
    PayRefund,
    ProposeExtension,
    Reach,
    Receive,
    Refuse,
    Remind,
    Resume,
    Return,
    ReversePayment,
    SendBack,
    Suspend,
    TickPaid,
    Waive,
)
from app.domain.corrections import Contact, CorrectContact, CorrectReception
from app.domain.dossier import Component, Delivery, Dossier, Evidence, HistoryItem, NoticeLine
from app.domain.extension import Extension
from app.domain.people import FileRef, ref
from app.domain.transitions import Done, apply, check
from app.domain.unit_settings import UnitSettings
from app.domain.words import (
    CheckVerdict,
    DeliveryChannel,
    DeliveryState,
    LineKind,
    NoticeState,
    PaymentChannel,
    Role,
    State,
    SubState,
)
from app.domain.work_commands import (
    AskCitizen,
    Assign,
    BringSupplement,
    CheckComponents,
    DecideApproval,
    Finding,
    GiveBack,
    Lodge,
    Recall,
    Register,
    RequestSupplement,
    StopHandling,
    SubmitToHead,
    Withdraw,
)
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import BUREAU, DESK, DOSSIERS, NOW, OFFICERS, notice, payment, with_money

# . done   + kept as a fact that counts once a second officer has confirmed it
# w wrong-state   r not-your-right   g gate-unpaid   a accept-first   o owing-needs-reason
# n notice-closed   k case-closed   l no-line   y no-such-payment   m already-notified
# s surplus-goes-back   u refund-not-approved   v ground-not-for-line   z already-registered   q nothing-to-confirm
# t not-of-the-unit   i nothing-submitted   e nothing-proposed
CODES = {
    "w": "wrong-state", "r": "not-your-right", "g": "gate-unpaid", "a": "accept-first", "o": "owing-needs-reason",
    "n": "notice-closed", "k": "case-closed", "l": "no-line", "y": "no-such-payment",
    "m": "already-notified", "s": "surplus-goes-back", "u": "refund-not-approved",
    "v": "ground-not-for-line", "z": "already-registered", "q": "nothing-to-confirm",
    "t": "not-of-the-unit", "i": "nothing-submitted", "e": "nothing-proposed",
}  # fmt: skip

# R reception of the desk, R9 reception of another commune, P the assigned processor, P2 a colleague of the same bureau,
# H head, C cashier, A administrator. "else" stands for every state not named.
TABLE = """
receive            R   R9  P   P2  H   C   A
1                  .   r   r   r   r   r   r
1g                 g   rg  rg  rg  rg  rg  rg
else               w   w   w   w   w   w   w

register           R   R9  P   P2  H   C   A
1 1g               z   rz  rz  rz  rz  rz  rz
else               w   w   w   w   w   w   w

lodge              R   R9  P   P2  H   C   A
1 1g               z   rz  rz  rz  rz  rz  rz
else               w   w   w   w   w   w   w

correct_reception  R   R9  P   P2  H   C   A
2                  .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

refuse             R   R9  P   P2  H   C   A
1 1g               .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

check_components   R   R9  P   P2  H   C   A
1 1g 2 5a 5b 5c    .   r   r   r   r   r   r
4 4f               r   r   .   r   r   r   r
4u                 r   r   r   r   r   r   r
else               w   w   w   w   w   w   w

request_supplement R   R9  P   P2  H   C   A
1 1g               .   r   r   r   r   r   r
4 4f               r   r   .   r   r   r   r
4u                 r   r   r   r   r   r   r
else               w   w   w   w   w   w   w

ask_citizen        R   R9  P   P2  H   C   A
5a                 .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

bring_supplement   R   R9  P   P2  H   C   A
5b                 .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

assign             R   R9  P   P2  H   C   A
4 4f               r   r   r   r   .   r   r
4u                 r   r   t   .   .   r   r
else               w   w   w   w   w   w   w

give_back          R   R9  P   P2  H   C   A
4 4f               r   r   .   r   .   r   r
4u                 r   r   r   r   .   r   r
else               w   w   w   w   w   w   w

recall             R   R9  P   P2  H   C   A
4 4f 4u            .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

submit_to_head     R   R9  P   P2  H   C   A
4 4f               r   r   .   r   r   r   r
4u                 r   r   r   r   r   r   r
else               w   w   w   w   w   w   w

decide_approval    R   R9  P   P2  H   C   A
4 4f               ri  ri  i   ri  ri  ri  ri
4u                 ri  ri  ri  ri  ri  ri  ri
else               w   w   w   w   w   w   w

stop_handling      R   R9  P   P2  H   C   A
4 4f               r   r   .   r   .   r   r
4u                 r   r   r   r   .   r   r
else               w   w   w   w   w   w   w

withdraw           R   R9  P   P2  H   C   A
1 1g 2 4 4u 4f     .   r   r   r   r   r   r
5a 5b 5c           .   r   r   r   r   r   r
6t 6n 6a 6p 8      .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

forward            R   R9  P   P2  H   C   A
2                  .   r   r   r   r   r   r
4 4f               r   r   .   r   .   r   r
4u                 r   r   r   r   .   r   r
else               w   w   w   w   w   w   w

suspend            R   R9  P   P2  H   C   A
4 4f               r   r   .   r   r   r   r
4u                 r   r   r   r   r   r   r
else               w   w   w   w   w   w   w

accept_supplement  R   R9  P   P2  H   C   A
5c 6n              .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

complete           R   R9  P   P2  H   C   A
4 4f               r   r   .   r   r   r   r
4u                 r   r   r   r   r   r   r
else               w   w   w   w   w   w   w

return             R   R9  P   P2  H   C   A
9w 9p              .   r   r   r   r   r   r
9o                 o   r   r   r   r   r   r
else               w   w   w   w   w   w   w

notify             R   R9  P   P2  H   C   A
1 1g 9w 9p 9o      .   r   r   r   r   r   r
4 4u               r   r   r   r   r   r   r
4f                 r   r   .   r   r   r   r
6t 6n              a   ra  ra  ra  ra  ra  ra
6a 6p              .   r   r   r   r   r   r
else               w   w   w   w   w   w   w

cancel_notice      R   R9  P   P2  H   C   A
1g 6p 9o           .   r   r   r   .   r   r
else               r   r   r   r   n   r   r

tick_paid          R   R9  P   P2  H   C   A
4 4f               .   r   .   +   r   .   r
else               .   r   +   +   r   .   r

decide_refund      R   R9  P   P2  H   C   A
else               k   r   r   r   k   k   r

collect            R   R9  P   P2  H   C   A
4 4f               .   r   .   +   r   .   r
else               .   r   +   +   r   .   r

waive              R   R9  P   P2  H   C   A
1g 9o              .   r   r   r   .   r   r
6p                 v   r   r   r   v   r   r
3 7 10             w   w   w   w   w   w   w
else               l   r   r   r   l   r   r

reverse_payment    R   R9  P   P2  H   C   A
else               r   r   r   r   y   y   r

confirm_payment    R   R9  P   P2  H   C   A
else               q   r   r   r   q   q   r

remind             R   R9  P   P2  H   C   A
1g 6p 9o           .   r   r   r   r   r   r
1 6t 6n 6a 9w 9p   n   r   r   r   r   r   r
4 4u               r   r   r   r   r   r   r
4f                 r   r   n   r   r   r   r
else               w   w   w   w   w   w   w

reach              R   R9  P   P2  H   C   A
1g 6p 9o           .   r   r   r   r   r   r
4 4f               n   r   n   r   r   r   r
3 7 10             w   w   w   w   w   w   w
else               n   r   r   r   r   r   r

correct_contact    R   R9  P   P2  H   C   A
4 4f               .   r   .   r   r   r   r
3 7 10             w   w   w   w   w   w   w
else               .   r   r   r   r   r   r

add_tax_notice     R   R9  P   P2  H   C   A
6t                 r   r   .   r   r   r   r
else               w   w   w   w   w   w   w

send_back          R   R9  P   P2  H   C   A
6t                 w   rw  rw  rw  rw  rw  rw
6n 6a              .   r   r   r   r   r   r
6p                 m   rm  rm  rm  rm  rm  rm
else               w   w   w   w   w   w   w

cancel_suspension  R   R9  P   P2  H   C   A
6t 6n 6a           r   r   .   r   .   r   r
6p                 rm  rm  m   rm  m   rm  rm
else               w   w   w   w   w   w   w

resume             R   R9  P   P2  H   C   A
6t 6n 6a 6p 8      .   r   .   r   r   r   r
else               w   w   w   w   w   w   w

approve_refund     R   R9  P   P2  H   C   A
else               r   r   r   r   k   r   r

pay_refund         R   R9  P   P2  H   C   A
else               r   r   r   r   r   k   r

close_case         R   R9  P   P2  H   C   A
else               r   r   r   r   k   k   r

propose_extension  R   R9  P   P2  H   C   A
2                  .   r   r   r   r   r   r
4 4f               r   r   .   r   r   r   r
4u                 r   r   r   r   r   r   r
else               w   w   w   w   w   w   w

decline_extension  R   R9  P   P2  H   C   A
2 4 4u 4f          re  re  re  re  e   re  re
else               w   w   w   w   w   w   w

extend             R   R9  P   P2  H   C   A
2 4 4u 4f          r   r   r   r   .   r   r
else               w   w   w   w   w   w   w
"""

# The same dossiers with an open notice of R's and an undecided refund: money acts are possible in every state.
MONEY_TABLE = """
cancel_notice      R   R9  P   P2  H   C   A
else               .   r   r   r   .   r   r

tick_paid          R   R9  P   P2  H   C   A
4 4f               .   r   .   +   r   .   r
else               .   r   +   +   r   .   r

decide_refund      R   R9  P   P2  H   C   A
else               .   r   r   r   .   .   r

waive              R   R9  P   P2  H   C   A
3 7 10             w   w   w   w   w   w   w
else               .   r   r   r   .   r   r

reverse_payment    R   R9  P   P2  H   C   A
else               .   r   r   r   .   .   r

approve_refund     R   R9  P   P2  H   C   A
else               r   r   r   r   .   r   r

pay_refund         R   R9  P   P2  H   C   A
else               r   r   r   r   r   u   r

close_case         R   R9  P   P2  H   C   A
else               r   r   r   r   s   s   r
"""

# The same dossiers with a proposal of form 04 that lies with the head.
PROPOSED_TABLE = """
decline_extension  R   R9  P   P2  H   C   A
2 4 4u 4f          r   r   r   r   .   r   r
else               w   w   w   w   w   w   w

propose_extension  R   R9  P   P2  H   C   A
2                  .   r   r   r   r   r   r
4 4f               r   r   .   r   r   r   r
4u                 r   r   r   r   r   r   r
else               w   w   w   w   w   w   w
"""

# Money that was taken is never refused by the portal, but the button asks for it only where the office works on it,
# and a tick only for an open notice.
NOT_OFFERED = {
    "collect": {"3", "5a", "5b", "5c", "6t", "6n", "7", "8", "10"},
    "tick_paid": set(DOSSIERS) - {"1g", "6p", "9o"},
}

# Where a command leads: state and sub-state afterwards; "=" as before.
LEADS = """
receive            1            2 -
refuse             1 1g         3 -
correct_reception  2            = =
forward            2 4          4 -
suspend            4 4f         6 desk_to_notify
accept_supplement  6n           6 desk_accepted
accept_supplement  5c           4 -
check_components   1 2 4 5b     = =
request_supplement 1            5 citizen_asked
request_supplement 4 4f         5 desk_to_ask
ask_citizen        5a           5 citizen_asked
bring_supplement   5b           5 supplemented
assign             4 4u         = =
give_back          4 4f         2 -
recall             4u           2 -
submit_to_head     4            = =
stop_handling      4            8 -
withdraw           2 4u 6p 8    7 -
complete           4 4f         9 awaiting_pickup
return             9w 9p        10 -
notify             1 1g 4f      = =
notify             6a 6p        6 awaiting_payment
cancel_notice      1g 9o        = =
cancel_notice      6p           6 desk_accepted
tick_paid          1g 9o        = =
tick_paid          6p           = =
collect            1 2 4f 9w    = =
waive              1g 9o        = =
add_tax_notice     6t           6 desk_to_notify
send_back          6n 6a        6 awaiting_tax_notice
cancel_suspension  6t 6n 6a     4 -
resume             6t 6n 6a 6p 8 4 -
remind             1g 6p 9o     = =
reach              1g 6p 9o     = =
correct_contact    1 5a 8       = =
propose_extension  2 4          = =
extend             2 4 4u 4f    = =
"""

PERSON, PROCEDURE = DOSSIERS["1"].applicant, DOSSIERS["1"].procedure

COMMANDS: dict[str, Command] = {
    "receive": Receive(NOW),
    "refuse": Refuse(NOW, "Thiếu giấy tờ"),
    "register": Register(NOW, PROCEDURE, DESK, PERSON, PERSON, ()),
    "lodge": Lodge(NOW, PROCEDURE, DESK, PERSON, PERSON, ()),
    "correct_reception": CorrectReception(NOW, "Nhầm tên", PROCEDURE, PERSON, PERSON, ()),
    "check_components": CheckComponents(NOW, (Finding(0, CheckVerdict.PASSED),)),
    "request_supplement": RequestSupplement(NOW, ("Tờ khai",), "Tờ khai thiếu chữ ký"),
    "ask_citizen": AskCitizen(NOW),
    "bring_supplement": BringSupplement(NOW, (Component("Tờ khai", originals=1),)),
    "assign": Assign(NOW, ref(OFFICERS["P2"])),
    "give_back": GiveBack(NOW, "Chuyển nhầm"),
    "recall": Recall(NOW),
    "submit_to_head": SubmitToHead(NOW, ref(OFFICERS["H"])),
    "decide_approval": DecideApproval(NOW, True),
    "stop_handling": StopHandling(NOW, "Công dân đề nghị dừng"),
    "withdraw": Withdraw(NOW, "Công dân không còn nhu cầu"),
    "forward": Forward(NOW, BUREAU, ref(OFFICERS["P2"])),
    "suspend": Suspend(NOW, "Chờ thuế", 500_000, "TB-1", NOW.date()),
    "accept_supplement": AcceptSupplement(NOW),
    "complete": Complete(NOW),
    "return": Return(NOW, "Trần Thị Mai"),
    "notify": Notify(NOW, "new", "Nộp phí", (NoticeLine(LineKind.PHI, "Trích lục", 8000),), State.SUBMITTED, 0),
    "cancel_notice": CancelNotice(NOW, "n1", "Nhập nhầm"),
    "tick_paid": TickPaid(NOW, "new", "n1", 8000, PaymentChannel.COUNTER_CASH, Evidence(info="Biên lai số 12")),
    "decide_refund": DecideRefund(NOW, "c0", "p2", "counter"),
    "collect": Collect(
        NOW, "new", "new", "Thu tại quầy", (NoticeLine(LineKind.PHI, "Trích lục", 8000),), 8000,
        PaymentChannel.COUNTER_CASH, Evidence(info="Biên lai số 12"),
    ),
    "waive": Waive(NOW, "new", "n1", "ho-ngheo"),
    "reverse_payment": ReversePayment(NOW, "p1", "Ghi nhầm hồ sơ"),
    "confirm_payment": ConfirmPayment(NOW, "p1"),
    "remind": Remind(NOW, "n1"),
    "reach": Reach(NOW, "n1", DeliveryChannel.CALL, "Đã gọi, hẹn mai nộp"),
    "correct_contact": CorrectContact(NOW, "0905999888"),
    "add_tax_notice": AddTaxNotice(NOW, 500_000, "TB-2", NOW.date()),
    "send_back": SendBack(NOW, "Chưa có thông báo thuế"),
    "cancel_suspension": CancelSuspension(NOW, "Dừng nhầm"),
    "resume": Resume(NOW, "new", 500_000, Evidence(info="Giấy nộp tiền kho bạc")),
    "approve_refund": ApproveRefund(NOW, "c0"),
    "pay_refund": PayRefund(NOW, "c0", 8000, Evidence(info="Phiếu chi số 3, đã ký")),
    "close_case": CloseCase(NOW, "c0", "Đã thực hiện việc"),
    "propose_extension": ProposeExtension(NOW, "Chờ ý kiến cơ quan chuyên môn", at("11/12 10:00")),
    "decline_extension": DeclineExtension(NOW, "Chưa đủ căn cứ"),
    "extend": Extend(NOW, "Chờ ý kiến cơ quan chuyên môn", at("11/12 10:00")),
}  # fmt: skip


PROPOSAL = Extension("Chờ ý kiến cơ quan chuyên môn", at("11/12 10:00"), NOW, "Nguyễn Hữu Phước")


def blocks(table: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return (command, state) → role → letters, for every state of the samples."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for block in table.strip().split("\n\n"):
        head, *lines = block.splitlines()
        command, *roles = head.split()
        assert roles == list(OFFICERS)
        named: set[str] = set()
        for line in lines:
            words = line.split()
            states, letters = words[: -len(roles)], words[-len(roles) :]
            for state in [s for s in DOSSIERS if s not in named] if states == ["else"] else states:
                assert (command, state) not in found, f"{command} {state} stands twice"
                found[command, state] = dict(zip(roles, letters, strict=True))
                named.add(state)
    return found


WHOLE, MONEY = blocks(TABLE), blocks(MONEY_TABLE)


def cells_of(table: dict[tuple[str, str], dict[str, str]], command: str) -> dict[tuple[str, str], str]:
    """Return (state, role) → letters of one command."""
    return {(state, role): row[role] for (name, state), row in table.items() if name == command for role in row}


def fitting(command: str, dossier: Dossier) -> Command:
    """Return the command as it is given in that state: to go on from 8 no proof is brought."""
    return Resume(NOW) if (command, dossier.state) == ("resume", State.STOPPED) else COMMANDS[command]


def letters_of(dossier: Dossier, command: str, role: str) -> str:
    result = apply(dossier, fitting(command, dossier), OFFICERS[role], NOW, CALENDAR)
    if isinstance(result, Done):
        return "+" if any(p.id == "new" and second_officer.waits(p) for p in result.dossier.payments) else "."
    known = {code: letter for letter, code in CODES.items()}
    return "".join(known.get(failed.code, f"<{failed.code}>") for failed in result.failed)


def test_the_table_speaks_of_every_state_command_and_role():
    assert {command for command, _ in WHOLE} == set(TYPES) == set(COMMANDS)
    assert len(WHOLE) == len(TYPES) * len(DOSSIERS)
    assert {dossier.state for dossier in DOSSIERS.values()} == set(State)
    assert {dossier.sub_state for dossier in DOSSIERS.values()} == {None, *SubState}


@pytest.mark.parametrize("command", list(TYPES))
def test_every_state_and_role_is_answered_as_the_design_says(command):
    seen = {
        (state, role): letters_of(dossier, command, role) for state, dossier in DOSSIERS.items() for role in OFFICERS
    }
    assert seen == cells_of(WHOLE, command)


@pytest.mark.parametrize("command", sorted({command for command, _ in MONEY}))
def test_money_acts_are_possible_in_every_state_even_an_ended_one(command):
    seen = {
        (state, role): letters_of(with_money(dossier), command, role)
        for state, dossier in DOSSIERS.items() for role in OFFICERS
    }  # fmt: skip
    assert seen == cells_of(MONEY, command)


@pytest.mark.parametrize("command", ["decline_extension", "propose_extension"])
def test_a_proposed_new_date_waits_for_the_head_alone_and_may_be_proposed_anew(command):
    proposed = {key: replace(dossier, extension=PROPOSAL) for key, dossier in DOSSIERS.items()}
    seen = {
        (state, role): letters_of(dossier, command, role) for state, dossier in proposed.items() for role in OFFICERS
    }
    assert seen == cells_of(blocks(PROPOSED_TABLE), command)
    for key in ("2", "4", "4u", "4f"):
        result = apply(proposed[key], DeclineExtension(NOW, "Chưa đủ căn cứ"), OFFICERS["H"], NOW, CALENDAR)
        assert isinstance(result, Done)
        after, before = result.dossier, proposed[key]
        assert (after.state, after.sub_state, after.due_at) == (before.state, before.sub_state, before.due_at)


@pytest.mark.parametrize("line", LEADS.strip().splitlines())
def test_where_each_command_leads(line):
    command, *states, state, sub_state = line.split()
    for key in states:
        before = DOSSIERS[key]
        role = next(role for role, letters in WHOLE[command, key].items() if letters == ".")
        result = apply(before, fitting(command, before), OFFICERS[role], NOW, CALENDAR)
        assert isinstance(result, Done)
        after = result.dossier
        assert str(int(after.state)) == (state if state != "=" else str(int(before.state))), key
        wanted = before.sub_state if sub_state == "=" else None if sub_state == "-" else SubState(sub_state)
        assert after.sub_state is wanted, key
        assert after.history[-len(result.events) :] == result.events != ()


# Who could instead, by the words of the table of rights; a holder by name.
WHO_COULD = {
    ("receive", "1"): ("reception",),
    ("refuse", "1"): ("reception",),
    ("accept_supplement", "6n"): ("reception",),
    ("return", "9w"): ("reception",),
    ("forward", "4"): ("reception", "Nguyễn Hữu Phước", "head"),
    ("forward", "4u"): ("reception", "holder", "head"),
    ("suspend", "4"): ("Nguyễn Hữu Phước",),
    ("suspend", "4u"): ("holder",),
    ("complete", "4"): ("Nguyễn Hữu Phước",),
    ("notify", "4f"): ("reception", "Nguyễn Hữu Phước"),
    ("cancel_notice", "1g"): ("sender", "head"),
    ("tick_paid", "1g"): ("reception", "cashier", "fee_holder"),
    ("collect", "1"): ("reception", "cashier", "fee_holder"),
    ("waive", "1g"): ("reception", "head"),
    ("reverse_payment", "1"): ("ticker_today", "head", "cashier"),
    ("add_tax_notice", "6t"): ("Nguyễn Hữu Phước",),
    ("send_back", "6n"): ("reception",),
    ("cancel_suspension", "6n"): ("Nguyễn Hữu Phước", "head"),
    ("resume", "6n"): ("Nguyễn Hữu Phước", "reception"),
    ("approve_refund", "1"): ("head",),
    ("pay_refund", "1"): ("cashier",),
    ("close_case", "1"): ("cashier", "head"),
    ("propose_extension", "2"): ("reception", "holder"),
    ("propose_extension", "4"): ("reception", "Nguyễn Hữu Phước"),
    ("decline_extension", "4"): ("head",),
    ("extend", "4"): ("head",),
}


@pytest.mark.parametrize(("command", "state"), list(WHO_COULD))
def test_a_refusal_for_lack_of_right_names_who_could(command, state):
    result = apply(DOSSIERS[state], COMMANDS[command], OFFICERS["A"], NOW, CALENDAR)
    assert not isinstance(result, Done)
    failed = next(item for item in result.failed if item.code == "not-your-right")
    assert (failed.who_could, dict(failed.params)) == (WHO_COULD[command, state], {"command": command})


def test_a_button_is_alive_exactly_where_the_command_would_be_taken():
    """``check`` knows no content: a missing reason or line does not grey the button, a missing notice does."""
    for (command, state), cells in WHOLE.items():
        subject = "n1" if command == "cancel_notice" else ""
        for role, letters in cells.items():
            grey = check(DOSSIERS[state], command, OFFICERS[role], NOW, subject_id=subject)
            offered = letters in (".", "o", "l", "v", "t") and state not in NOT_OFFERED.get(command, ())
            assert bool(grey) == (not offered), (command, state, role, grey)


def test_without_a_notice_the_button_says_so():
    assert [f.code for f in check(DOSSIERS["9w"], "tick_paid", OFFICERS["R"], NOW)] == ["no-open-notice"]
    assert [f.code for f in check(DOSSIERS["9w"], "decide_refund", OFFICERS["R"], NOW)] == ["no-open-case"]


def test_a_wrong_state_is_the_only_reason_given_and_names_state_and_command():
    result = apply(DOSSIERS["10"], COMMANDS["receive"], OFFICERS["A"], NOW, CALENDAR)
    assert [(f.code, dict(f.params)) for f in result.failed] == [("wrong-state", {"state": 10, "command": "receive"})]


# What a command must hold beyond state and right → its code.
CONTENT = [
    ("receive", "1", "R", {"made_at": NOW + timedelta(days=1)}, "made-in-future"),
    ("propose_extension", "4", "P", {"reason": " "}, "reason-needed"),
    ("propose_extension", "4", "P", {"due_at": at("04/12 10:00")}, "new-date-not-later"),
    ("extend", "4", "H", {"reason": ""}, "reason-needed"),
    ("extend", "4", "H", {"due_at": at("04/12 09:59")}, "new-date-not-later"),
    ("extend", "4", "H", {"due_at": at("12/12 10:00")}, "new-date-off"),
    ("refuse", "1", "R", {"reason": "  "}, "reason-needed"),
    ("suspend", "4", "P", {"reason": ""}, "reason-needed"),
    ("cancel_notice", "1g", "R", {"reason": ""}, "reason-needed"),
    ("cancel_notice", "1g", "H", {"notice_id": "other"}, "notice-closed"),
    ("return", "9w", "R", {"to_name": " "}, "receiver-needed"),
    ("notify", "1", "R", {"title": ""}, "title-needed"),
    ("notify", "1", "R", {"lines": ()}, "no-line"),
    ("notify", "1", "R", {"lines": (NoticeLine(LineKind.PHI, "Phí", 0),)}, "no-line"),
    ("notify", "1", "R", {"lines": (NoticeLine(LineKind.PHI, "Phí", -5),)}, "no-line"),
    ("notify", "1", "R", {"lines": (NoticeLine(LineKind.PHI, "Phí", 10**15),)}, "amount-too-large"),
    ("notify", "1", "R", {"lines": (NoticeLine(LineKind.PHI, "Phí", 1),) * 201}, "too-many-lines"),
    ("notify", "1", "R", {"lines": (NoticeLine(LineKind.NVTC, "Thuế", 5),)}, "nvtc-only-when-suspended"),
    ("notify", "6a", "R", {"lines": (NoticeLine(LineKind.NVTC, "Thuế", 5),)}, "nvtc-not-as-suspended"),
    ("notify", "1", "R", {"replaces": "nothing"}, "notice-closed"),
    ("tick_paid", "1g", "R", {"amount": 0}, "amount-not-positive"),
    ("tick_paid", "1g", "R", {"amount": -8000}, "amount-not-positive"),
    ("tick_paid", "1g", "R", {"amount": 10**19}, "amount-too-large"),
    ("tick_paid", "1g", "R", {"evidence": Evidence()}, "evidence-needed"),
    ("tick_paid", "1g", "R", {"evidence": Evidence(info="chín chữ ")}, "evidence-needed"),
    ("tick_paid", "1g", "R", {"evidence": Evidence(document_no="BL 1")}, "evidence-needed"),
    ("notify", "1g", "R", {"lines": (NoticeLine(LineKind.PHI, "Phí", 8000),)}, "same-line-open"),
    ("notify", "1", "R", {"pay_by": NOW.date() - timedelta(days=1)}, "pay-by-past"),
    ("collect", "1", "R", {"amount": 0}, "amount-not-positive"),
    ("collect", "1", "R", {"lines": ()}, "no-line"),
    ("collect", "1", "R", {"evidence": Evidence()}, "evidence-needed"),
    ("waive", "1g", "R", {"ground": " "}, "not-your-right"),
    ("waive", "1g", "H", {"ground": " "}, "ground-needed"),
    ("waive", "1g", "R", {"line": 7}, "no-such-line"),
    ("waive", "1g", "R", {"line": -1}, "no-such-line"),
    ("waive", "1", "R", {"lines": (NoticeLine(LineKind.PHI, "Phí", -5),)}, "no-line"),
    ("waive", "1", "R", {"lines": (NoticeLine(LineKind.PHI, "Phí", 5),) * 201}, "too-many-lines"),
    ("waive", "1", "R", {"ground": "ghi-no", "lines": (NoticeLine(LineKind.NVTC, "Thuế", 0),)},
     "nvtc-only-when-suspended"),
    ("waive", "1g", "R", {"notice_id": "new", "lines": (NoticeLine(LineKind.PHI, "Phí", 8000),)}, "nothing-to-waive"),
    ("waive", "1g", "R", {"ground": "thue-0-dong"}, "ground-not-for-line"),
    ("waive", "6p", "R", {"ground": "ho-ngheo"}, "ground-not-for-line"),
    ("waive", "1", "R", {"lines": (NoticeLine(LineKind.OTHER, "Bưu chính", 5),)}, "ground-not-for-line"),
    ("reach", "1g", "R", {"notice_id": "other"}, "notice-closed"),
    ("reach", "1g", "R", {"channel": DeliveryChannel.SMS}, "channel-not-by-hand"),
    ("suspend", "4", "P", {"nvtc_amount": -5}, "amount-not-positive"),
    ("suspend", "4", "P", {"tax_notice_no": " "}, "tax-notice-needed"),
    ("correct_contact", "1", "R", {"phone": ""}, "contact-needed"),
    ("correct_contact", "1", "R", {"phone": "0905"}, "phone-invalid"),
    ("correct_contact", "1", "R", {"phone": "", "email": "mai@"}, "email-malformed"),
    ("correct_contact", "1", "R", {"before": Contact("0905000000")}, "edited-meanwhile"),
    ("add_tax_notice", "6t", "P", {"nvtc_amount": 0}, "amount-not-positive"),
    ("add_tax_notice", "6t", "P", {"nvtc_amount": 10**19}, "amount-too-large"),
    ("add_tax_notice", "6t", "P", {"tax_notice_no": " "}, "tax-notice-needed"),
    ("send_back", "6n", "R", {"reason": " "}, "reason-needed"),
    ("cancel_suspension", "6n", "H", {"reason": " "}, "reason-needed"),
    ("resume", "6n", "R", {"evidence": None}, "evidence-needed"),
    ("resume", "8", "P", {}, "wrong-state"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "state", "role", "spoilt", "code"), CONTENT)
def test_what_a_command_holds_is_judged(command, state, role, spoilt, code):
    result = apply(DOSSIERS[state], replace(COMMANDS[command], **spoilt), OFFICERS[role], NOW, CALENDAR)
    assert [failed.code for failed in result.failed] == [code]


# Where the treasury's proof finds the dossier, its sum → state, fee, payments (amount/settled), refund cases.
PROOFS = [
    ("6n", 499_999, "6 partial 499999/499999 -"), ("6p", 499_999, "6 partial 499999/499999 -"),
    ("6p", 600_000, "4 paid 600000/500000 100000"), ("went on", 500_000, "4 none 500000/0 500000"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "amount", "told"), PROOFS)
def test_the_treasurys_proof_is_a_fact_wherever_it_finds_the_dossier(where, amount, told):
    went_on = apply(
        replace(DOSSIERS["6p"], notices=(replace(DOSSIERS["6p"].notices[0], state=NoticeState.CANCELLED),)),
        COMMANDS["cancel_suspension"], OFFICERS["P"], NOW, CALENDAR,
    )  # fmt: skip
    dossier = went_on.dossier if where == "went on" else DOSSIERS[where]
    result = apply(dossier, replace(COMMANDS["resume"], amount=amount), OFFICERS["P"], NOW, CALENDAR)
    after = result.dossier
    facts = " ".join(f"{p.amount}/{p.settled}" for p in after.payments)
    cases = " ".join(str(c.amount) for c in after.cases) or "-"
    assert f"{int(after.state)} {after.fee_status} {facts} {cases}" == told
    again = apply(after, replace(COMMANDS["resume"], amount=amount), OFFICERS["P"], NOW, CALENDAR)
    assert (again.dossier.payments, len(again.dossier.notices)) == (after.payments, len(after.notices))


def test_a_ground_outside_the_fee_table_is_the_heads():
    unusual = replace(COMMANDS["waive"], ground="Thiên tai, theo đơn")
    seen = {role: isinstance(apply(DOSSIERS["1g"], unusual, OFFICERS[role], NOW, CALENDAR), Done) for role in OFFICERS}
    assert [role for role, done in seen.items() if done] == ["H"]


# The gate of case 1: setting of the procedure, reason given, officer's right → letters.
GATES = [
    ("block", "", True, "g"), ("block", "Bưu điện nộp hộ", True, "."), ("block", "Bưu điện nộp hộ", False, "g"),
    ("warn", "", False, "."), ("warn", "", True, "."),
]  # fmt: skip


@pytest.mark.parametrize(("gate", "reason", "right", "letter"), GATES)
def test_the_gate_blocks_or_warns_and_a_right_with_a_reason_goes_past(gate, reason, right, letter):
    dossier = replace(DOSSIERS["1g"], procedure=replace(DOSSIERS["1g"].procedure, gate=gate))
    officer = OFFICERS["R"] if right else replace(OFFICERS["R"], rights=frozenset())
    result = apply(dossier, Receive(NOW, reason), officer, NOW, CALENDAR)
    assert ("." if isinstance(result, Done) else result.failed[0].code) == {".": ".", "g": "gate-unpaid"}[letter]
    if isinstance(result, Done):
        assert (result.dossier.state, result.dossier.fee_status.value) == (State.RECEIVED, "due")


# Who ticked, days ago, what was done since → who may reverse.
REVERSALS = [
    ("R", 0, "", "R H C"), ("R", 1, "", "H C"), ("R", 0, "forwarded", "H C"), ("R", 0, "reminded", "R H C"),
    ("C", 0, "", "H C"), ("C", 1, "", "H"), ("H", 1, "", "C"), ("H", 0, "", "H C"),
]  # fmt: skip


@pytest.mark.parametrize(("ticker", "days", "since", "who"), REVERSALS)
def test_who_may_take_a_wrong_tick_back(ticker, days, since, who):
    moment = NOW - timedelta(days=days)
    fact = payment("p1", "n1", 120_000, 120_000, recorded_by=ref(OFFICERS[ticker]), recorded_at=moment)
    history = [HistoryItem("payment_recorded", moment, "", "p1")] + [HistoryItem(since, NOW, "")] * bool(since)
    dossier = replace(
        DOSSIERS["1g"], payments=(fact,), notices=(notice("n1", 120_000, NoticeState.PAID),), history=tuple(history)
    )
    seen = [
        role for role in OFFICERS
        if isinstance(apply(dossier, COMMANDS["reverse_payment"], OFFICERS[role], NOW, CALENDAR), Done)
    ]  # fmt: skip
    assert " ".join(seen) == who


def test_a_payment_is_reversed_once_and_never_the_citizens_own():
    twice = with_money(DOSSIERS["9w"])
    gone = apply(twice, COMMANDS["reverse_payment"], OFFICERS["C"], NOW, CALENDAR)
    assert isinstance(gone, Done)
    again = apply(gone.dossier, COMMANDS["reverse_payment"], OFFICERS["C"], NOW, CALENDAR)
    theirs = apply(twice, ReversePayment(NOW, "p2", "Nhầm"), OFFICERS["C"], NOW, CALENDAR)
    assert [again.failed[0].code, theirs.failed[0].code] == ["already-reversed", "not-a-desk-payment"]


# Above 2.000.000 đồng. Who ticks and when, sums in turn, channel, evidence → settled after each; waiting at the end.
SECOND = [
    ("2000000", "cash", "paper", "2000000", "-"),
    ("2000001", "cash", "paper", "0", "2000001"),
    ("1500000 500000", "cash", "paper", "1500000 2000000", "-"),
    ("1500000 500001", "cash", "paper", "1500000 1500000", "500001"),
    ("5000000", "transfer", "file", "0", "5000000"),
    ("5000000", "treasury", "paper", "5000000", "-"),
    ("5000000", "treasury", "file", "5000000", "-"),
    ("5000000", "treasury", "hearsay", "0", "5000000"),
]
CHANNELS = {
    "cash": PaymentChannel.COUNTER_CASH, "transfer": PaymentChannel.COUNTER_TRANSFER,
    "treasury": PaymentChannel.TREASURY,
}  # fmt: skip
PROVEN = {
    "paper": Evidence(document_no="BL 1", document_date=NOW.date()), "hearsay": Evidence(info="Bà Mai nói đã nộp"),
    "file": Evidence(file=FileRef("ab" * 32, "giay-nop-tien.pdf", 9, "application/pdf")),
}  # fmt: skip


def watched(sum_owed: int = 9_000_000) -> Dossier:
    """A dossier of an office that wants two eyes above 2.000.000 đồng, with one open notice."""
    return replace(
        DOSSIERS["1g"], notices=(notice("n1", sum_owed, gating=True),), settings=UnitSettings(two_eyes_over=2_000_000)
    )


@pytest.mark.parametrize(("sums", "channel", "proof", "settled", "waits"), SECOND)
def test_above_the_sum_money_counts_only_once_a_second_officer_has_confirmed(sums, channel, proof, settled, waits):
    dossier, seen = watched(), []
    for number, amount in enumerate(sums.split()):
        tick = TickPaid(NOW, f"p{number}", "n1", int(amount), CHANNELS[channel], PROVEN[proof])
        dossier = apply(dossier, tick, OFFICERS["R"], NOW, CALENDAR).dossier
        seen.append(str(sum(p.settled for p in dossier.payments)))
    assert " ".join(seen) == settled
    assert (" ".join(str(p.amount) for p in second_officer.waiting(dossier)) or "-", dossier.cases) == (waits, ())


def test_two_officers_each_below_the_sum_need_no_second_one():
    dossier = watched()
    for role in ("R", "C"):
        tick = TickPaid(NOW, role, "n1", 1_500_000, PaymentChannel.COUNTER_CASH, PROVEN["paper"])
        dossier = apply(dossier, tick, OFFICERS[role], NOW, CALENDAR).dossier
    assert [p.settled for p in dossier.payments] == [1_500_000, 1_500_000]


# Who ticked → who may confirm.
CONFIRMERS = [("R", "H C"), ("C", "R H")]


@pytest.mark.parametrize(("ticker", "who"), CONFIRMERS)
def test_whoever_ticked_never_confirms(ticker, who):
    tick = TickPaid(NOW, "p1", "n1", 9_000_000, PaymentChannel.COUNTER_CASH, PROVEN["paper"])
    ticked = apply(watched(), tick, OFFICERS[ticker], NOW, CALENDAR).dossier
    assert (ticked.fee_status.value, ticked.accept_by) == ("due", None)
    confirmed = {
        role: result.dossier for role in OFFICERS
        if isinstance(result := apply(ticked, COMMANDS["confirm_payment"], OFFICERS[role], NOW, CALENDAR), Done)
    }  # fmt: skip
    assert " ".join(confirmed) == who
    after = confirmed["H"]
    assert (after.fee_status.value, after.accept_by is not None, after.payments[0].confirmed_by.username) == (
        "paid", True, "lanhdao1"
    )  # fmt: skip
    again = apply(after, COMMANDS["confirm_payment"], OFFICERS["H"], NOW, CALENDAR)
    assert [f.code for f in again.failed] == ["nothing-to-confirm"]
    assert [f.code for f in check(ticked, "remind", OFFICERS["R"], NOW)] == []
    reminded = apply(ticked, COMMANDS["remind"], OFFICERS["R"], NOW, CALENDAR)
    assert [f.code for f in reminded.failed] == ["second-officer-first"]


def test_an_unconfirmed_payment_is_reversed_and_then_confirms_nothing():
    tick = TickPaid(NOW, "p1", "n1", 9_000_000, PaymentChannel.COUNTER_CASH, PROVEN["paper"])
    ticked = apply(watched(), tick, OFFICERS["R"], NOW, CALENDAR).dossier
    gone = apply(ticked, COMMANDS["reverse_payment"], OFFICERS["R"], NOW, CALENDAR).dossier
    assert second_officer.waiting(gone) == ()
    refused = apply(gone, COMMANDS["confirm_payment"], OFFICERS["H"], NOW, CALENDAR)
    assert [f.code for f in refused.failed] == ["already-reversed"]


def test_who_approved_a_refund_does_not_pay_it_out():
    both = replace(OFFICERS["H"], roles=frozenset({Role.HEAD, Role.CASHIER}))
    approved = apply(with_money(DOSSIERS["9w"]), COMMANDS["approve_refund"], both, NOW, CALENDAR).dossier
    alone = apply(approved, COMMANDS["pay_refund"], both, NOW, CALENDAR)
    assert [f.code for f in alone.failed] == ["not-your-right"]
    assert isinstance(apply(approved, COMMANDS["pay_refund"], OFFICERS["C"], NOW, CALENDAR), Done)


def test_a_refund_is_never_larger_than_the_payment():
    approved = apply(with_money(DOSSIERS["9w"]), COMMANDS["approve_refund"], OFFICERS["H"], NOW, CALENDAR).dossier
    too_much = apply(approved, replace(COMMANDS["pay_refund"], amount=8001), OFFICERS["C"], NOW, CALENDAR)
    assert [f.code for f in too_much.failed] == ["refund-too-large"]
    said = texts.sentence(too_much.failed[0].code, **dict(too_much.failed[0].params))
    assert said == "Khoản nộp chỉ còn 8.000 đồng để hoàn."


def test_nobody_is_reminded_on_a_dead_number():
    dead = Delivery(DeliveryChannel.SMS, DeliveryState.FAILED, NOW, "0905123456")
    silent = replace(DOSSIERS["9o"], submitter=replace(DOSSIERS["9o"].submitter, email="", account=""))
    silent = replace(silent, notices=(replace(silent.notices[0], deliveries=(dead,)),))
    refused = apply(silent, COMMANDS["remind"], OFFICERS["R"], NOW, CALENDAR)
    assert [f.code for f in refused.failed] == ["nobody-reachable"]
    corrected = apply(silent, CorrectContact(NOW, "0905999888"), OFFICERS["R"], NOW, CALENDAR)
    sms = corrected.dossier.notices[0].deliveries[0]
    assert (sms.state, sms.address) == (DeliveryState.QUEUED, "0905999888")
    assert isinstance(apply(corrected.dossier, COMMANDS["remind"], OFFICERS["R"], NOW, CALENDAR), Done)


def test_a_notice_is_replaced_by_its_sender_or_the_head_only():
    colleague = replace(OFFICERS["R"], id="id-other")
    command = replace(COMMANDS["notify"], replaces="n1")
    refused = apply(DOSSIERS["1g"], command, colleague, NOW, CALENDAR)
    assert [f.code for f in refused.failed] == ["not-your-notice"]


def test_refusing_while_someone_is_paying_asks_first():
    paying = replace(DOSSIERS["1g"], notices=(notice("n1", 120_000, NoticeState.PAYING, paying_since=NOW),))
    refused = apply(paying, COMMANDS["refuse"], OFFICERS["R"], NOW, CALENDAR)
    assert [f.code for f in refused.failed] == ["someone-paying"]
    done = apply(paying, replace(COMMANDS["refuse"], anyway=True), OFFICERS["R"], NOW, CALENDAR)
    assert done.dossier.notices[0].state is NoticeState.CANCELLED


def test_a_procedure_that_is_not_paid_online_takes_no_notice_except_when_suspended():
    def offline(key: str) -> Dossier:
        return replace(DOSSIERS[key], procedure=replace(DOSSIERS[key].procedure, pays_online=False))

    seen = {key: letters_of(offline(key), "notify", "R") for key in ("1", "6a", "9w")}
    assert seen == {"1": "<not-online>", "6a": ".", "9w": "<not-online>"}
