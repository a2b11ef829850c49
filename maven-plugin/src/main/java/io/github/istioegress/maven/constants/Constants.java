package io.github.istioegress.maven.constants;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Names and the identifiers they become. Where two names become one, neither is a constant: which
 * of them is meant must not depend on who else is there.
 */
final class Constants {

  /**
   * A name with an identifier of its own.
   *
   * @param identifier as Java has it
   * @param name as the file has it
   * @param value what the constant is
   * @param place the line
   */
  record Constant(String identifier, String name, String value, String place) {}

  private final String what;
  private final Function<String, String> identifier;
  private final SortedMap<String, List<Constant>> byIdentifier = new TreeMap<>();

  /**
   * None yet.
   *
   * @param what what the names are of, as warnings say it
   * @param identifier how a name becomes an identifier
   */
  Constants(String what, Function<String, String> identifier) {
    this.what = what;
    this.identifier = identifier;
  }

  /** Those of names that are their own values. */
  static Constants of(String what, Map<String, String> places) {
    Constants constants = new Constants(what, Identifiers::constant);
    places.forEach((name, place) -> constants.add(name, name, place));
    return constants;
  }

  void add(String name, String value, String place) {
    String made = identifier.apply(name);
    List<Constant> same =
        // Class files of two names that differ in case alone are one file on some disks.
        byIdentifier.computeIfAbsent(made.toLowerCase(Locale.ROOT), key -> new ArrayList<>());
    if (same.stream().noneMatch(one -> one.name.equals(name) && one.value.equals(value))) {
      same.add(new Constant(made, name, value, place));
    }
  }

  /** Those with an identifier of their own, in its order. */
  List<Constant> all() {
    return byIdentifier.values().stream()
        .filter(same -> same.size() == 1)
        .flatMap(List::stream)
        .toList();
  }

  /** One message for each identifier that several names become. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (List<Constant> same : byIdentifier.values()) {
      if (same.size() > 1) {
        Constant one = same.get(0);
        Constant other = same.get(1);
        warnings.add(
            "%s: %s '%s' (%s) and '%s' (%s) both become %s: neither is a constant; rename one, or write them as texts"
                .formatted(
                    other.place,
                    what,
                    one.name,
                    one.place,
                    other.name,
                    other.place,
                    other.identifier));
      }
    }
    return Collections.unmodifiableList(warnings);
  }
}
