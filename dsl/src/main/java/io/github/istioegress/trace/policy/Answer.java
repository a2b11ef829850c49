package io.github.istioegress.trace.policy;

import java.util.List;
import java.util.function.Function;

/**
 * Whether something holds.
 *
 * @param kind yes, no, or not to be told
 * @param missing what would have to be known to tell; empty for yes and no
 */
record Answer(Kind kind, String missing) {

  /** What an answer can be. */
  enum Kind {
    YES,
    NO,
    UNKNOWN
  }

  static final Answer YES = new Answer(Kind.YES, "");
  static final Answer NO = new Answer(Kind.NO, "");

  static Answer of(boolean holds) {
    return holds ? YES : NO;
  }

  static Answer unknown(String missing) {
    return new Answer(Kind.UNKNOWN, missing);
  }

  /** True where one of the values holds, as far as it is known of each. */
  static <T> Answer any(List<T> values, Function<T, Answer> test) {
    return values.stream().map(test).reduce(NO, Answer::or);
  }

  boolean isYes() {
    return kind == Kind.YES;
  }

  boolean isUnknown() {
    return kind == Kind.UNKNOWN;
  }

  Answer and(Answer other) {
    if (kind == Kind.YES || other.kind == Kind.NO) {
      return other;
    }
    return this;
  }

  Answer or(Answer other) {
    return not().and(other.not()).not();
  }

  Answer not() {
    return switch (kind) {
      case YES -> NO;
      case NO -> YES;
      case UNKNOWN -> this;
    };
  }
}
