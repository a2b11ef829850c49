package io.github.istioegress.maven.project;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeSet;

/**
 * What all modules of a build share because it is the process's, and any class may change.
 *
 * @param properties the system properties
 * @param locale the default locale
 * @param zone the default time zone
 * @param out where {@code System.out} writes
 * @param err where {@code System.err} writes
 */
record ProcessState(
    Properties properties, Locale locale, TimeZone zone, PrintStream out, PrintStream err) {

  /** As it is now. */
  static ProcessState now() {
    Properties copy = new Properties();
    copy.putAll(System.getProperties());
    return new ProcessState(
        copy, Locale.getDefault(), TimeZone.getDefault(), System.out, System.err);
  }

  /** What has changed since, in words. */
  List<String> changes() {
    ProcessState now = now();
    List<String> changes = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(properties.stringPropertyNames());
    names.addAll(now.properties.stringPropertyNames());
    names.stream()
        .filter(name -> !Objects.equals(properties.get(name), now.properties.get(name)))
        .map(name -> "the system property '" + name + "'")
        .forEach(changes::add);
    if (!locale.equals(now.locale)) {
      changes.add("the default locale");
    }
    if (!zone.equals(now.zone)) {
      changes.add("the default time zone");
    }
    if (out != now.out || err != now.err) {
      changes.add("System.out or System.err");
    }
    return changes;
  }

  /** Makes it so again. */
  void restore() {
    Properties now = System.getProperties();
    now.keySet().retainAll(properties.keySet());
    now.putAll(properties);
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
    System.setOut(out);
    System.setErr(err);
  }
}
