package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Istio writes them: {@code 3s}, {@code 1500ms}, {@code 1m30s}. */
public final class Durations {

  private static final Set<String> FIELDS =
      Set.of(
          "timeout",
          "perTryTimeout",
          "baseEjectionTime",
          "interval",
          "connectTimeout",
          "fixedDelay");

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(\\.\\d{1,9})?(h|ms|m|s|us|ns)");
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(\\.\\d{1,9})?(h|ms|m|s|us|ns))+");

  private Durations() {}

  /** The time of a text; empty where it is none, or finer than a nanosecond. */
  public static Optional<Duration> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      java.math.BigDecimal amount =
          new java.math.BigDecimal(part.group(1) + (part.group(2) == null ? "" : part.group(2)));
      java.math.BigDecimal nanos =
          amount.multiply(java.math.BigDecimal.valueOf(unit(part.group(3))));
      if (nanos.stripTrailingZeros().scale() > 0) {
        return Optional.empty();
      }
      sum = sum.plusNanos(nanos.longValue());
    }
    return Optional.of(sum);
  }

  private static long unit(String word) {
    return switch (word) {
      case "h" -> 3_600_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "s" -> 1_000_000_000L;
      case "ms" -> 1_000_000L;
      case "us" -> 1_000L;
      default -> 1L;
    };
  }

  /** Writes the durations in a tree in one form. */
  static void canonical(JsonNode in) {
    if (in instanceof ObjectNode object) {
      List<String> fields = new ArrayList<>();
      object.fieldNames().forEachRemaining(fields::add);
      for (String field : fields) {
        if (FIELDS.contains(field) && object.path(field).isTextual()) {
          parse(object.path(field).asText()).ifPresent(time -> object.put(field, time.toString()));
        }
      }
    }
    in.forEach(Durations::canonical);
  }
}
