package io.github.istioegress.trace;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pod that calls.
 *
 * @param namespace its namespace
 * @param labels its labels
 * @param serviceAccount its service account
 * @param annotations its annotations, by which a connection may go past its sidecar
 * @param hostNetwork true for a pod on its node's network, into which no sidecar is injected
 */
public record Caller(
    String namespace,
    Map<String, String> labels,
    String serviceAccount,
    Map<String, String> annotations,
    boolean hostNetwork) {

  /** Orders labels and annotations. */
  public Caller {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** A pod with a network of its own. */
  public Caller(
      String namespace,
      Map<String, String> labels,
      String serviceAccount,
      Map<String, String> annotations) {
    this(namespace, labels, serviceAccount, annotations, false);
  }

  /** A pod without annotations. */
  public Caller(String namespace, Map<String, String> labels, String serviceAccount) {
    this(namespace, labels, serviceAccount, Map.of());
  }

  /** A pod of a namespace, without labels. */
  public static Caller in(String namespace) {
    return new Caller(namespace, Map.of(), "default");
  }

  /**
   * Reads {@code namespace}, or {@code namespace/key=value,key=value}.
   *
   * @throws IllegalArgumentException when it is not of this form
   */
  public static Caller parse(String text) {
    int slash = text.indexOf('/');
    String namespace = slash < 0 ? text : text.substring(0, slash);
    Map<String, String> labels = new TreeMap<>();
    for (String pair : slash < 0 ? new String[0] : text.substring(slash + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "caller '%s' is not of the form namespace/key=value,key=value: '%s' has no value"
                .formatted(text, pair));
      }
      labels.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    if (namespace.isBlank()) {
      throw new IllegalArgumentException(
          "caller '%s' names no namespace: write namespace or namespace/key=value".formatted(text));
    }
    return new Caller(namespace.strip(), labels, "default");
  }
}
