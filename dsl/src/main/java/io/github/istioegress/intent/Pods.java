package io.github.istioegress.intent;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pods of the sentence's namespace, by labels.
 *
 * @param labels labels that the pods have; at least one
 */
public record Pods(Map<String, String> labels) {

  /**
   * Checks and orders the labels.
   *
   * @throws IllegalArgumentException when there is none, or one is not valid
   */
  public Pods {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("pods are named by at least one label");
    }
    labels.forEach((key, value) -> Names.checkPodLabel("pods", key, value));
  }

  /** Pods with this label. */
  public static Pods labelled(String key, String value) {
    return new Pods(Map.of(key, value));
  }

  @Override
  public String toString() {
    return labels.toString();
  }
}
