"""The life of a dossier as one table: which command leads from where to where, under which conditions (design §5).

Stands apart from ``transitions``, which walks it, so that it is read by row: command, from, to, effect and event, then
the conditions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain import (
    apology,
    edits,
    effects,
    fee_effects,
    fee_guards,
    guards,
    registration,
    rights,
    work_effects,
    work_guards,
)
from app.domain.asking import Ask
from app.domain.words import ENDED, CaseKind, CaseState, State, SubState

S = State
EVERY = frozenset(State)
OPEN = EVERY - ENDED


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: from (states, sub-states or any), command, right (its action in ``rights``), guards, effect, to.

    *Entry* guards hold for button and command, *offer* guards for the button only (a fact is never refused for them),
    *content* guards look into the command. ``subject`` is the command's field that the right is about. *late* says
    whether a command that comes in another state is a fact all the same, *taken* whether one is that its officer has
    no right to any more; nobody is offered it then.
    """

    command: str
    from_states: frozenset[State]
    to_state: State | None
    effect: effects.Effect
    event: str
    sub_states: frozenset[SubState] | None = None
    entry: tuple[guards.Guard, ...] = ()
    offer: tuple[guards.Guard, ...] = ()
    content: tuple[guards.Guard, ...] = ()
    subject: str = ""
    late: Callable[[Ask], bool] | None = None
    taken: Callable[[Ask], bool] | None = None


def _states(*states: State) -> frozenset[State]:
    return frozenset(states)


_CLOSABLE = fee_guards.case_in(CaseState.OPEN, CaseState.APPROVED, CaseState.REFUNDED)
# fmt: off
TABLE: tuple[Rule, ...] = (
    Rule("receive", _states(S.SUBMITTED), S.RECEIVED, effects.receive, "received",
         entry=(guards.gate_is_open, guards.limit_is_sound), content=(registration.made_in_time,)),
    Rule("refuse", _states(S.SUBMITTED), S.REFUSED, effects.refuse, "refused",
         content=(guards.reason_given, fee_guards.nobody_is_paying)),
    Rule("register", _states(S.SUBMITTED), S.RECEIVED, registration.register, "received",
         entry=(registration.never_seen,),
         content=(registration.made_in_time, registration.people_sound, registration.papers_sound,
                  registration.procedure_can_run)),
    Rule("lodge", _states(S.SUBMITTED), S.SUBMITTED, registration.lodge, "lodged",
         entry=(registration.never_seen,),
         content=(registration.made_in_time, registration.people_sound, registration.papers_sound,
                  registration.procedure_can_run)),
    Rule("correct_reception", _states(S.RECEIVED), S.RECEIVED, registration.correct, "reception_corrected",
         content=(guards.reason_given, registration.people_sound, registration.papers_sound,
                  registration.procedure_can_run, edits.nobody_changed_the_same)),
    Rule("forward", _states(S.RECEIVED, S.PROCESSING), S.PROCESSING, effects.forward, "forwarded",
         entry=(work_guards.not_submitted,)),
    Rule("suspend", _states(S.PROCESSING), S.AWAITING_OBLIGATION, effects.suspend, "suspended",
         entry=(work_guards.not_submitted,), content=(guards.reason_given, fee_guards.suspended_sum_sound)),
    Rule("accept_supplement", _states(S.AWAITING_SUPPLEMENT, S.AWAITING_OBLIGATION), None,
         work_effects.accept_supplement, "supplement_accepted",
         sub_states=frozenset({SubState.SUPPLEMENTED, SubState.DESK_TO_NOTIFY})),
    Rule("check_components", _states(S.SUBMITTED, S.RECEIVED, S.PROCESSING, S.AWAITING_SUPPLEMENT), None,
         work_effects.check_components, "components_checked",
         content=(work_guards.findings_sound,)),
    Rule("request_supplement", _states(S.SUBMITTED, S.PROCESSING), S.AWAITING_SUPPLEMENT,
         work_effects.request_supplement, "supplement_requested",
         entry=(work_guards.not_submitted,),
         content=(guards.reason_given, work_guards.papers_named, work_guards.supply_by_is_ahead)),
    Rule("ask_citizen", _states(S.AWAITING_SUPPLEMENT), S.AWAITING_SUPPLEMENT, work_effects.ask_citizen,
         "citizen_asked",
         sub_states=frozenset({SubState.DESK_TO_ASK})),
    Rule("bring_supplement", _states(S.AWAITING_SUPPLEMENT), S.AWAITING_SUPPLEMENT, work_effects.bring_supplement,
         "supplemented",
         sub_states=frozenset({SubState.CITIZEN_ASKED}),
         content=(registration.papers_sound, registration.something_brought)),
    Rule("assign", _states(S.PROCESSING), S.PROCESSING, work_effects.assign, "assigned",
         entry=(work_guards.not_submitted,), content=(work_guards.of_the_unit,)),
    Rule("give_back", _states(S.PROCESSING), None, work_effects.give_back, "given_back",
         entry=(work_guards.not_submitted, work_guards.has_way_back), content=(guards.reason_given,)),
    Rule("recall", _states(S.PROCESSING), None, work_effects.recall, "recalled",
         entry=(work_guards.has_way_back, work_guards.untouched)),
    Rule("submit_to_head", _states(S.PROCESSING), S.PROCESSING, work_effects.submit_to_head, "submitted_to_head",
         entry=(work_guards.not_submitted,), content=(work_guards.head_named,)),
    Rule("decide_approval", _states(S.PROCESSING), S.PROCESSING, work_effects.decide_approval, "approved",
         entry=(work_guards.is_submitted,), content=(work_guards.refusal_explained,)),
    Rule("stop_handling", _states(S.PROCESSING), S.STOPPED, work_effects.stop_handling, "stopped",
         entry=(work_guards.not_submitted,), content=(guards.reason_given,)),
    Rule("withdraw",
         _states(S.SUBMITTED, S.RECEIVED, S.PROCESSING, S.AWAITING_SUPPLEMENT, S.AWAITING_OBLIGATION, S.STOPPED),
         S.WITHDRAWN, work_effects.withdraw, "withdrawn",
         content=(guards.reason_given,)),
    Rule("complete", _states(S.PROCESSING), S.COMPLETED, effects.complete, "completed",
         entry=(work_guards.not_submitted,), content=(work_guards.signer_named,)),
    Rule("return", _states(S.COMPLETED), S.RETURNED, effects.return_result, "returned",
         content=(guards.receiver_named, guards.owing_explained)),
    Rule("notify", _states(S.SUBMITTED, S.PROCESSING, S.AWAITING_OBLIGATION, S.COMPLETED), None, fee_effects.notify,
         "notice_sent",
         entry=(guards.pays_online, guards.accepted_first),
         content=(guards.lines_are_sound, guards.nvtc_as_suspended, guards.replaced_is_open,
                  fee_guards.own_notice_replaced, guards.not_stale, fee_guards.lines_are_new,
                  fee_guards.pay_by_is_ahead)),
    Rule("cancel_notice", EVERY, None, fee_effects.cancel_notice, "notice_cancelled",
         offer=(guards.has_open_notice,), content=(guards.notice_is_open, guards.reason_given), subject="notice_id"),
    Rule("tick_paid", EVERY, None, fee_effects.tick_paid, "payment_recorded",
         offer=(guards.has_open_notice,), content=(guards.amount_is_money, guards.evidence_given),
         taken=rights.takes_fees_at_steps),
    Rule("decide_refund", EVERY, None, fee_effects.decide_refund, "refund_decided",
         offer=(guards.has_open_case,), content=(guards.case_is_open,)),
    Rule("collect", EVERY, None, fee_effects.collect, "collected",
         offer=(fee_guards.collectable, guards.accepted_first, fee_guards.lines_are_new, guards.nvtc_as_suspended),
         content=(guards.lines_are_sound, guards.amount_is_money, guards.evidence_given),
         taken=rights.takes_fees_at_steps),
    Rule("waive", OPEN, None, fee_effects.waive, "waived",
         content=(fee_guards.ground_given, fee_guards.waived_lines_sound, fee_guards.something_to_waive,
                  fee_guards.ground_fits),
         subject="ground"),
    Rule("reverse_payment", EVERY, None, fee_effects.reverse_payment, "payment_reversed",
         offer=(fee_guards.has_desk_payment,), content=(guards.reason_given, fee_guards.reversible),
         subject="payment_id"),
    Rule("confirm_payment", EVERY, None, fee_effects.confirm_payment, "payment_confirmed",
         offer=(fee_guards.unconfirmed,), content=(fee_guards.unconfirmed,), subject="payment_id"),
    Rule("remind", _states(S.SUBMITTED, S.PROCESSING, S.AWAITING_OBLIGATION, S.COMPLETED), None, fee_effects.remind,
         "reminded",
         offer=(guards.has_open_notice,),
         content=(guards.notice_is_open, fee_guards.none_unconfirmed, fee_guards.somebody_reachable)),
    Rule("reach", OPEN, None, fee_effects.reach, "reached",
         offer=(guards.has_open_notice,), content=(guards.notice_is_open, fee_guards.reached_by_hand)),
    Rule("correct_contact", OPEN, None, fee_effects.correct_contact, "contact_corrected",
         content=(fee_guards.contact_sound, edits.nobody_changed_the_same)),
    Rule("add_tax_notice", _states(S.AWAITING_OBLIGATION), S.AWAITING_OBLIGATION, effects.add_tax_notice,
         "tax_notice_added",
         sub_states=frozenset({SubState.AWAITING_TAX_NOTICE}), content=(fee_guards.tax_notice_sound,)),
    Rule("send_back", _states(S.AWAITING_OBLIGATION), S.AWAITING_OBLIGATION, effects.send_back, "sent_back",
         entry=(fee_guards.at_desk,), content=(guards.reason_given,)),
    Rule("cancel_suspension", _states(S.AWAITING_OBLIGATION), S.PROCESSING, effects.cancel_suspension,
         "suspension_cancelled",
         entry=(fee_guards.not_notified,), content=(guards.reason_given,)),
    Rule("resume", _states(S.AWAITING_OBLIGATION, S.STOPPED), S.PROCESSING, effects.resume, "resumed",
         entry=(work_guards.not_stopped_for_good,), offer=(fee_guards.proof_covers,),
         content=(fee_guards.proof_when_suspended,), late=fee_guards.late_proof),
    Rule("approve_refund", EVERY, None, fee_effects.approve_refund, "refund_approved",
         offer=(guards.has_open_case,), content=(fee_guards.case_in(CaseState.OPEN, kind=CaseKind.REFUND),)),
    Rule("pay_refund", EVERY, None, fee_effects.pay_refund, "refunded",
         offer=(fee_guards.refund_approved, fee_guards.refund_is_the_case),
         content=(fee_guards.refund_fits, guards.evidence_given), subject="case_id"),
    Rule("close_case", EVERY, None, fee_effects.close_case, "case_closed",
         offer=(_CLOSABLE,), content=(_CLOSABLE, fee_guards.nothing_kept, fee_guards.note_given)),
    Rule("propose_extension", _states(S.RECEIVED, S.PROCESSING), None, apology.propose, "extension_proposed",
         entry=(apology.has_appointment, apology.not_extended_before),
         content=(guards.reason_given, apology.new_date_is_later, apology.new_date_is_worked)),
    Rule("decline_extension", _states(S.RECEIVED, S.PROCESSING), None, apology.decline, "extension_declined",
         entry=(apology.proposal_waits,), content=(guards.reason_given,)),
    Rule("extend", _states(S.RECEIVED, S.PROCESSING), None, apology.extend, "extended",
         entry=(apology.has_appointment, apology.not_extended_before),
         content=(guards.reason_given, apology.new_date_is_later, apology.new_date_is_worked)),
)
# fmt: on
RULES: dict[str, Rule] = {rule.command: rule for rule in TABLE}

PAST: dict[str, tuple[str, str]] = {"receive_unpaid": ("receive", "gate-unpaid")}
"""Rights to go past one condition of a rule, with a reason: right → (the rule, the condition's code)."""
