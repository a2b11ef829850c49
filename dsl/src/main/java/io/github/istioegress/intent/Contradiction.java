package io.github.istioegress.intent;

/** Two sentences that cannot both hold, said in the same words wherever they meet. */
final class Contradiction {

  private Contradiction() {}

  /**
   * The refusal, with the Java line of each.
   *
   * @param what what the two do, and what to do about it; follows both sentences
   */
  static IllegalArgumentException between(EgressIntent first, EgressIntent second, String what) {
    return new IllegalArgumentException(
        "%s at %s and %s at %s %s"
            .formatted(first, first.origin().place(), second, second.origin().place(), what));
  }
}
