package io.github.istioegress.page;

import io.github.istioegress.trace.Outcome;
import java.util.Locale;

/** How an outcome is coloured; the words beside say the same. */
enum Tone {
  /** It goes as declared. */
  GOOD,
  /** It ends where it may be meant to. */
  CALM,
  /** Look at it. */
  WARN,
  /** It fails. */
  BAD;

  static Tone of(Outcome outcome) {
    return switch (outcome) {
      case EXTERNAL -> GOOD;
      case MESH, ANSWERED -> CALM;
      case PASSTHROUGH, MIXED, UNDETERMINED -> WARN;
      case BLOCKED, DENIED, NO_ENDPOINTS, LOOP, TLS_MISMATCH -> BAD;
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
