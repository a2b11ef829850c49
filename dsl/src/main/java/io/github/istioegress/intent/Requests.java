package io.github.istioegress.intent;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * HTTP requests by method and path.
 *
 * @param method the method in upper case; empty for any
 * @param path the path without query; a final {@code *} stands for what follows
 */
public record Requests(Optional<String> method, String path) implements Comparable<Requests> {

  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,30}");
  private static final Pattern PATH = Pattern.compile("/[^*?#\\s{}]*\\*?");

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when one is not valid
   */
  public Requests {
    method.ifPresent(
        word -> {
          if (!METHOD.matcher(word).matches()) {
            throw new IllegalArgumentException(
                "method '%s' is no HTTP method: write GET or PROPFIND".formatted(word));
          }
        });
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "path '%s' is not of the form /orders, or /orders/* for all below; queries are not looked at"
              .formatted(path));
    }
  }

  /** GET requests of a path. */
  public static Requests get(String path) {
    return of("GET", path);
  }

  /** POST requests of a path. */
  public static Requests post(String path) {
    return of("POST", path);
  }

  /** Requests of a method and path. */
  public static Requests of(String method, String path) {
    return new Requests(Optional.of(method), path);
  }

  /** Requests of any method. */
  public static Requests path(String path) {
    return new Requests(Optional.empty(), path);
  }

  @Override
  public int compareTo(Requests other) {
    return toString().compareTo(other.toString());
  }

  /** The words of the language for them. */
  @Override
  public String toString() {
    return method
        .map(word -> "of(\"%s\", \"%s\")".formatted(word, path))
        .orElse("path(\"" + path + "\")");
  }
}
