package io.github.istioegress.fleet;

import io.github.istioegress.manifest.PlacedValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the fields of a map strictly: a name that nobody knows is refused, as is a wrong type. */
final class Fields {

  private final String what;
  private final PlacedValue home;
  private final Map<String, PlacedValue> fields;

  private Fields(String what, PlacedValue home, Map<String, PlacedValue> fields) {
    this.what = what;
    this.home = home;
    this.fields = fields;
  }

  /**
   * The fields of a value.
   *
   * @param what the value as messages name it
   * @throws IllegalArgumentException when it is no map, or has a field that is not known
   */
  static Fields of(String what, PlacedValue value, List<String> known) {
    Map<String, PlacedValue> fields =
        value
            .fields()
            .orElseThrow(
                () -> refused(value, what + " is " + kind(value), "write it as " + sample(known)));
    fields.forEach(
        (key, field) -> {
          if (!known.isEmpty() && !known.contains(key)) {
            throw refused(
                field,
                "%s has the unknown field '%s'".formatted(what, key),
                "the fields are " + String.join(", ", known));
          }
        });
    return new Fields(what, value, fields);
  }

  /** A message with its place. */
  static IllegalArgumentException refused(PlacedValue at, String problem, String remedy) {
    return new IllegalArgumentException("%s: %s: %s".formatted(at.place(), problem, remedy));
  }

  private static String sample(List<String> known) {
    return known.isEmpty() ? "a map of names" : "a map with " + String.join(", ", known);
  }

  /** The fields by name. */
  Map<String, PlacedValue> all() {
    return fields;
  }

  /** What one of the fields says. */
  Optional<PlacedValue> field(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** A field that must be there. */
  PlacedValue needed(String key, String example) {
    return field(key)
        .orElseThrow(() -> refused(home, "%s has no %s".formatted(what, key), "add " + example));
  }

  /** A text that passes a test. */
  Optional<String> text(String key, Predicate<String> fits, String remedy) {
    return field(key).map(value -> text(key, value, fits, remedy));
  }

  /** The text of a value. */
  String text(String key, PlacedValue value, Predicate<String> fits, String remedy) {
    if (!(value.value() instanceof String text)) {
      boolean quotable = !value.isNull() && value.fields().isEmpty() && value.items().isEmpty();
      throw refused(
          value,
          "%s of %s is %s".formatted(key, what, kind(value)),
          quotable ? "put it in quotes" : remedy);
    }
    if (!fits.test(text)) {
      throw refused(value, "%s '%s' of %s is not valid".formatted(key, text, what), remedy);
    }
    return text;
  }

  /** A whole number between two. */
  Optional<Integer> number(String key, int least, int most) {
    return field(key)
        .map(
            value -> {
              Optional<Integer> number = whole(value);
              return number
                  .filter(n -> n >= least && n <= most)
                  .orElseThrow(
                      () ->
                          refused(
                              value,
                              "%s %s of %s is not valid"
                                  .formatted(
                                      key,
                                      value.value() instanceof Number n ? n : kind(value),
                                      what),
                              "use a whole number from %s to %s".formatted(least, most)));
            });
  }

  private static Optional<Integer> whole(PlacedValue value) {
    try {
      return value.value() instanceof Number number
          ? Optional.of(new BigDecimal(number.toString()).intValueExact())
          : Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The items of a list, each read; none where nothing is said. */
  <T> List<T> list(String key, Function<PlacedValue, T> read) {
    return field(key)
        .map(
            value -> {
              List<T> items = new ArrayList<>();
              value
                  .items()
                  .orElseThrow(
                      () ->
                          refused(
                              value,
                              "%s of %s is %s".formatted(key, what, kind(value)),
                              "write a list"))
                  .forEach(item -> items.add(read.apply(item)));
              return items;
            })
        .orElseGet(List::of);
  }

  /** The entries of a map of free names, each value read; none where nothing is said. */
  <T> Map<String, T> map(String key, Function<PlacedValue, T> read) {
    Map<String, T> entries = new TreeMap<>();
    field(key)
        .ifPresent(
            value ->
                of(key + " of " + what, value, List.of())
                    .all()
                    .forEach((name, entry) -> entries.put(name, read.apply(entry))));
    return entries;
  }

  /** What a value is, in words. */
  static String kind(PlacedValue value) {
    if (value.isNull()) {
      return "empty";
    }
    if (value.fields().isPresent()) {
      return "a map";
    }
    if (value.items().isPresent()) {
      return "a list";
    }
    return value.value() instanceof String text
        ? "the text '" + text + "'"
        : value.value() instanceof Number number
            ? "the number " + number
            : value.value().toString();
  }
}
