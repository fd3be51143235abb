// Runs a design that Yosys wrote as C++: feeds words into its inputs, notes when and what leaves its outputs.
//
// ports.h defines INPUTS and OUTPUTS as lists of PORT(wires, name), and PORT_FILES. Words lie in files as they come, each
// in whole 32-bit chunks; a word that leaves has its cycle, 64 bits, in front of it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "design.cc"
#include "ports.h"

namespace {

using Chunks = std::vector<uint32_t>;

Chunks read_all(const std::string &path) {
  Chunks found;
  FILE *file = fopen(path.c_str(), "rb");
  if (file == nullptr) { perror(path.c_str()); exit(2); }
  uint32_t buffer[4096];
  while (size_t count = fread(buffer, 4, 4096, file)) found.insert(found.end(), buffer, buffer + count);
  fclose(file);
  return found;
}

// Whether somebody pauses in this cycle: never without a seed, else in half of all cycles.
struct Pauses {
  uint32_t state;
  bool now() {
    if (state == 0) return false;
    state ^= state << 13; state ^= state >> 17; state ^= state << 5;
    return (state >> 9) & 1;
  }
};

template <class Valid, class Ready, class Data> struct Input {
  Valid &valid; Ready &ready; Data &data;
  Chunks words;
  Pauses pauses;
  size_t next = 0;
  bool offers = false;

  void offer() {
    if (!offers) offers = next < words.size() && !pauses.now();
    valid.set(offers);
    if (offers) for (size_t i = 0; i < Data::chunks; i++) data.data[i] = words[next + i];
  }
  void settle() {
    if (offers && ready.template get<bool>()) { next += Data::chunks; offers = false; }
  }
};

template <class Valid, class Ready, class Data> struct Output {
  Valid &valid; Ready &ready; Data &data;
  size_t awaited;
  Pauses pauses;
  FILE *file;

  void offer() { ready.set(!pauses.now()); }
  void settle(uint64_t cycle) {
    if (!valid.template get<bool>() || !ready.template get<bool>()) return;
    fwrite(&cycle, 8, 1, file);
    fwrite(data.data, 4, Data::chunks, file);
    if (awaited > 0) awaited--;
  }
};

template <class V, class R, class D> Input<V, R, D> input(V &v, R &r, D &d, const char *name, uint32_t seed) {
  return {v, r, d, read_all(std::string(name) + ".in"), {seed}};
}
template <class V, class R, class D>
Output<V, R, D> output(V &v, R &r, D &d, const char *name, size_t awaited, uint32_t seed) {
  return {v, r, d, awaited, {seed}, fopen((std::string(name) + ".out").c_str(), "wb")};
}

}  // namespace

// Arguments: the most cycles, a seed for pauses (0: none), and for each output the words awaited.
int main(int argc, char **argv) {
  cxxrtl_design::TOP top;
  const uint64_t most = strtoull(argv[1], nullptr, 10);
  uint32_t seed = strtoul(argv[2], nullptr, 10);
  int argument = 3;
  if (argc < 3) return 2;
#define PORT(wires, name) \
  auto in_##wires = input(top.p_##wires##__valid, top.p_##wires##__ready, top.p_##wires##__data, name, seed ? seed++ : 0);
  INPUTS
#undef PORT
#define PORT(wires, name) \
  auto out_##wires = output(top.p_##wires##__valid, top.p_##wires##__ready, top.p_##wires##__data, name, \
                            strtoull(argv[argument++], nullptr, 10), seed ? seed++ : 0);
  OUTPUTS
#undef PORT
  top.p_rst.set(true);
  for (int cycle = 0; cycle < 2; cycle++) {
    top.p_clk.set(false); top.step();
    top.p_clk.set(true); top.step();
  }
  top.p_rst.set(false);
  for (uint64_t cycle = 0; cycle < most; cycle++) {
    bool waits = false;
    top.p_clk.set(false);
#define PORT(wires, name) in_##wires.offer();
    INPUTS
#undef PORT
#define PORT(wires, name) out_##wires.offer();
    OUTPUTS
#undef PORT
    top.step();
#define PORT(wires, name) in_##wires.settle();
    INPUTS
#undef PORT
#define PORT(wires, name) out_##wires.settle(cycle); waits |= out_##wires.awaited > 0;
    OUTPUTS
#undef PORT
    top.p_clk.set(true);
    top.step();
    if (!waits) {
#define PORT(wires, name) fclose(out_##wires.file);
      OUTPUTS
#undef PORT
      return 0;
    }
  }
  fprintf(stderr, "Not all words had come out after %llu cycles.\n", static_cast<unsigned long long>(most));
  return 3;
}
