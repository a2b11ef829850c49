package io.github.istioegress.finding;

import java.util.Comparator;

/**
 * The resource that a finding is about, as reports name it.
 *
 * @param kind its kind
 * @param namespace its namespace; empty for what has none
 * @param name its name
 */
public record Subject(String kind, String namespace, String name) implements Comparable<Subject> {

  private static final Comparator<Subject> ORDER =
      Comparator.comparing(Subject::kind)
          .thenComparing(Subject::namespace)
          .thenComparing(Subject::name);

  @Override
  public int compareTo(Subject other) {
    return ORDER.compare(this, other);
  }

  /** {@code ServiceEntry/akv2k8s-test/cnn}, or {@code Namespace/akv2k8s-test}. */
  public String path() {
    return kind + "/" + (namespace.isEmpty() ? name : namespace + "/" + name);
  }

  /** {@code ServiceEntry akv2k8s-test/cnn}, or {@code Namespace akv2k8s-test}. */
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
