package io.github.istioegress.intent;

import java.util.Optional;

/**
 * Who may call, by the identity that mutual TLS of the mesh proves.
 *
 * @param namespace the namespace of the pods
 * @param serviceAccount their service account; empty for any of the namespace
 */
public record Callers(String namespace, Optional<String> serviceAccount)
    implements Comparable<Callers> {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException when one is not valid
   */
  public Callers {
    Names.checkLabel("namespace of callers", namespace);
    serviceAccount.ifPresent(name -> Names.checkResourceName("service account of callers", name));
  }

  /** All pods of a namespace ({@code source.namespaces}). */
  public static Callers namespace(String name) {
    return new Callers(name, Optional.empty());
  }

  /** The pods of one service account ({@code source.principals}). */
  public static Callers serviceAccount(String namespace, String name) {
    return new Callers(namespace, Optional.of(name));
  }

  @Override
  public int compareTo(Callers other) {
    return toString().compareTo(other.toString());
  }

  /** The words of the language for them. */
  @Override
  public String toString() {
    return serviceAccount
        .map(name -> "serviceAccount(\"%s\", \"%s\")".formatted(namespace, name))
        .orElse("namespace(\"" + namespace + "\")");
  }
}
