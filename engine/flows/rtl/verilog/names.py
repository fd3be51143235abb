"""Names of layers as Verilog can take them."""

from collections.abc import Iterable

from engine.flows.hls4ml.names import free_identifier
from engine.flows.hls4ml.names import identifier as cpp_identifier

# Words of Verilog 2005 and SystemVerilog 2017 that are not C++'s too, and names that every module has.
_WORDS = """
always always_comb always_ff always_latch assert assign assume automatic before begin bind bins binsexactly bit buf
bufif0 bufif1 byte casex casez cell chandle checker clk clocking cmos config constraint context cover covergroup
coverpoint cross deassign defparam design disable dist edge end endcase endchecker endclass endclocking endconfig
endfunction endgenerate endgroup endinterface endmodule endpackage endprimitive endprogram endproperty endspecify
endsequence endtable endtask event eventually expect export extends final first_match force foreach forever fork
forkjoin function generate genvar global highz0 highz1 iff ifnone ignore_bins illegal_bins implements implies
import incdir include initial inout input inside instance integer interconnect interface intersect join join_any
join_none large let liblist library local localparam logic longint macromodule matches medium modport module nand
negedge nettype new nexttime nmos nor noshowcancelled notif0 notif1 null or output package packed parameter pmos
posedge primitive priority program property pull0 pull1 pulldown pullup pulsestyle_ondetect pulsestyle_onevent pure
rand randc randcase randsequence rcmos real realtime ref reg reject_on release repeat restrict rnmos rpmos rst rtran
rtranif0 rtranif1 s_always s_eventually s_nexttime s_until s_until_with scalared sequence shortint shortreal
showcancelled small soft solve specify specparam string strong strong0 strong1 strong super supply0 supply1
sync_accept_on sync_reject_on table tagged task throughout time timeprecision timeunit tran tranif0 tranif1 tri tri0
tri1 triand trior trireg type unique unique0 unsigned until until_with untyped use uwire var vectored virtual wait
wait_order wand weak weak0 weak1 wildcard wire with within wor xnor
"""
_SHARED = "board fifo fork_stream gather skid spread spread_held testbench uart_receive uart_send"
"""What else lies beside a layer's module: shared modules, the top on a board, the testbench."""
_TAKEN = frozenset([*_WORDS.split(), *_SHARED.split()])


def identifier(name: str) -> str:
    """The nearest Verilog identifier."""
    word = cpp_identifier(name)
    return f"{word}_layer" if word.lower() in _TAKEN else word


def free_name(name: str, used: Iterable[str]) -> str:
    """The nearest one that is not among `used` (lower-case)."""
    return free_identifier(identifier(name), used)
