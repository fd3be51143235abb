"""What the budget makes of an estimate."""

from dataclasses import replace

from engine.advice import Finding, Fix, Severity
from engine.design import Requirement
from engine.estimate import Estimate, Tier
from tests.widgets.budget.designs import LAYERS, budget, estimate, row, view
from widgets.budget import Level, Simulated, edit_point, edits_view, explain, short_names, where_view
from widgets.budget.words import spoken_row, spoken_tile, tile_change, tile_note, tile_note_short, why_tile


def test_rows_stand_against_the_board():
    rows = {each.name: each for each in budget(estimate(dsp=(100, 100, 58, 0))).rows}
    assert rows["DSP"].limit == 220
    assert rows["DSP"].level(0.8) is Level.OVER
    assert rows["LUT"].level(0.8) is Level.FITS
    assert rows["BRAM18"].label == "BRAM"


def test_a_resource_that_the_board_lacks_and_the_design_leaves_alone_is_not_shown():
    names = [each.name for each in budget(estimate()).shown_rows]
    assert "URAM" not in names
    assert "URAM" in [each.name for each in budget(estimate(board_id="zcu104")).shown_rows]
    assert row("URAM", 3, 0).shown


def test_what_is_spoken():
    assert spoken_row(row("DSP", 258, 220), 0.8) == "DSP, 258 of 220, over by 38"
    assert spoken_row(row("LUT", 40_770, 53_200), 0.8) == "LUT, 40,770 of 53,200, 77 %"
    assert spoken_row(row("BRAM18", 250, 280), 0.8) == "BRAM, 250 of 280, 89 %, past the safe share"
    assert spoken_row(row("FF", 5, None), 0.8) == "FF, 5, no figure for this board"
    assert spoken_tile(view().tiles[0]) == "Latency, 79.1 µs, limit 100 µs, met"


def test_small_print_of_tiles():
    latency, _, rate = view().tiles
    assert tile_note(latency) == "limit 100 µs · 73 to 86 µs"
    assert tile_note(rate) == "at least 20,000 /s"
    assert tile_change(latency) == "−11.5"
    assert tile_change(rate) == ""
    assert tile_note_short(latency) == "limit 100 µs, was 90.6"
    assert tile_note_short(replace(latency, ghost=2_900.0)) == "limit 100 µs, was 2.90 ms"


def test_the_verdict_names_overrun_and_cause():
    verdict = budget(estimate(dsp=(16, 110, 132, 0))).verdict
    assert (verdict.tone, verdict.fact) == ("danger", "DSP is 38 over the board.")
    assert verdict.cause.text == "block2_conv2 uses half of them."


def test_several_overruns_are_all_named():
    verdict = budget(estimate(dsp=(16, 110, 532, 0), lut=(1000, 90_000, 9_000, 300))).verdict
    assert verdict.fact == "DSP is 438 over the board, and LUT is over too."


def test_a_finding_of_the_same_resource_brings_its_fix():
    fix = Fix("Set 288", "", lambda design: design)
    finding = Finding(Severity.OVER, "", "block2_conv2: reuse 288 frees 96, same rate", LAYERS[2:3], fix, "DSP")
    verdict = budget(estimate(dsp=(16, 110, 132, 0)), finding=finding).verdict
    assert (verdict.fix, verdict.remedy.layer) == ("Set 288", "block2_conv2:")
    assert verdict.remedy.words == "reuse 288 frees 96, same rate."
    other = Finding(Severity.OVER, "", "", (), fix, "LUT")
    assert budget(estimate(dsp=(16, 110, 132, 0)), finding=other).verdict.fix == ""


def test_a_missed_requirement_comes_after_the_board_and_before_the_safe_share():
    missed = Requirement(min_rate=30_000)
    verdict = budget(estimate(dsp=(0, 60, 128, 0)), requirement=missed).verdict
    assert verdict.fact == "Rate is 9,322 /s under what is required."
    assert verdict.cause.text == "block1_conv1 sets it."
    assert budget(estimate(dsp=(0, 60, 128, 0))).verdict.fact == "DSP is at 85 %, past the safe 80 %."
    assert budget(estimate(dsp=(0, 600, 128, 0)), requirement=missed).verdict.fact.startswith("DSP")


def test_when_all_is_well_the_nearest_limit_is_named():
    verdict = budget(estimate(dsp=(0, 60, 60, 0)), requirement=Requirement(max_latency_us=50)).verdict
    assert verdict.tone == "ok"
    assert verdict.fact == "It fits the board and meets the requirement."
    assert verdict.cause.text == "DSP comes nearest the limit, at 55 %."


def test_a_cost_without_a_culprit_says_so():
    made = estimate()
    many = tuple(layer for _ in range(30) for layer in made.layers[1:2])
    spread = Estimate(made.target, Tier.ESTIMATE, many, made.total)
    assert budget(spread, safe_share=0.5).verdict.tone == "warning"
    whole = Estimate(made.target, Tier.ESTIMATE, many, _times(made.total, 30))
    assert budget(whole).verdict.cause.text == "It is spread over 30 layers."


def _times(cost, factor):
    from dataclasses import replace

    return replace(cost, dsp=cost.dsp.scaled(factor))


def test_a_refusal_and_an_empty_design_have_no_numbers():
    refused = budget(estimate(refusal="iCEBreaker needs the open flow."))
    assert (refused.refusal, refused.tiles, refused.verdict) == ("iCEBreaker needs the open flow.", (), None)
    made = estimate()
    empty = budget(Estimate(made.target, Tier.ESTIMATE, (), made.total))
    assert empty.empty
    assert empty.tiles == ()


def test_ghosts_are_the_values_before_the_edit():
    rows = {each.name: each for each in budget(estimate(), estimate(dsp=(16, 64, 64, 0))).rows}
    assert rows["DSP"].ghost == 144
    assert rows["DSP"].change == 64
    assert budget(estimate(), estimate(refusal="none")).rows[2].ghost is None


def test_where_it_goes_follows_the_network():
    where = where_view(estimate(), 0.8)
    stacks = {stack.name: stack for stack in where.stacks}
    assert where.layers == LAYERS
    assert stacks["DSP"].amounts == (16, 64, 128, 0)
    assert stacks["DSP"].shares()[-1] == 208 / 220
    assert where.axis_top == 1.25
    assert where_view(estimate(dsp=(16, 64, 340, 0)), 0.8).axis_top == 2.0


def test_short_names_tell_layers_apart():
    assert short_names(("block2_conv1", "fc1", "stage3_b2_conv10")) == ("b2.c1", "fc1", "s3.b2.c10")


def test_edit_points_hold_shares_of_the_board():
    assert edit_point("Opened", estimate()).shares[2] == 208 / 220
    assert edit_point("Flow", estimate(refusal="none")).shares == (None,) * 5
    assert edits_view((edit_point("Opened", estimate()),), 0).detail == "no edits yet"


def test_why_a_number_is_what_it_is():
    why = explain(estimate(), "DSP", "DSP")
    assert (why.value, why.against) == ("208", "of 220 · 95 %")
    assert [(part.layer, part.amount) for part in why.contributors] == [
        ("block2_conv2", "128"),
        ("block1_conv1", "64"),
        ("stem", "16"),
    ]
    assert why.contributors[0].reason == "128 multipliers"
    rate = explain(estimate(), "rate", "Rate")
    assert (rate.value, rate.against) == ("20,678 /s", "one every 4,836 cycles at 10 ns")
    assert rate.contributors[0].layer == "block1_conv1"


def test_a_tile_says_what_a_simulated_run_takes():
    latency = replace(view().tiles[0], simulated=Simulated(52.0, "a run takes 5,200 cycles"))
    assert tile_note(latency) == "52.0 µs simulated · limit 100 µs · 73 to 86 µs"
    assert tile_note_short(latency).startswith("52.0 µs simulated, limit 100")
    assert spoken_tile(latency).endswith("52.0 µs simulated")
    assert why_tile(latency).endswith("A run takes 5,200 cycles.")
    stale = replace(latency, simulated=replace(latency.simulated, stale=True))
    assert spoken_tile(stale).endswith("52.0 µs simulated, of an earlier design")
    hanging = replace(latency, simulated=Simulated(None, "it hangs"))
    assert tile_note(hanging).startswith("hangs when simulated")


def test_the_explanation_of_latency_names_both():
    estimated = estimate()
    run = {"latency": Simulated(52.0, "a run takes 5,200 cycles")}
    assert explain(estimated, "latency", "Latency", simulated=run).reason.endswith("A run takes 5,200 cycles.")
    assert "5,200" not in explain(estimated, "rate", "Rate", simulated=run).reason


def test_a_run_that_hangs_is_the_verdict_unless_it_is_of_an_earlier_design():
    run = {"latency": Simulated(None, "The run hangs: 'a' waits for room in 'a → b'.")}
    verdict = budget(estimate(dsp=(1, 1, 1, 0)), simulated=run).verdict
    assert (verdict.tone, verdict.fact) == ("danger", "The stream hangs when simulated.")
    assert verdict.cause.text == "'a' waits for room in 'a → b'."
    old = {"latency": replace(run["latency"], stale=True)}
    assert budget(estimate(dsp=(1, 1, 1, 0)), simulated=old).verdict.tone == "ok"
