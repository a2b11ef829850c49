package io.github.istioegress.intent;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A namespace whose pods call out.
 *
 * @param name its name
 * @param labels its labels, the one for sidecar injection included
 */
public record MeshNamespace(String name, Map<String, String> labels) {

  /**
   * Checks name and labels.
   *
   * @throws IllegalArgumentException when one of them is not valid in Kubernetes
   */
  public MeshNamespace {
    Names.checkLabel("namespace", name);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    labels.forEach((key, value) -> Names.checkPodLabel("namespace " + name, key, value));
  }

  /** A namespace without labels. */
  public static MeshNamespace named(String name) {
    return new MeshNamespace(name, Map.of());
  }

  /** The same with sidecar injection on ({@code istio-injection: enabled}). */
  public MeshNamespace injected() {
    return labelled("istio-injection", "enabled");
  }

  /** The same with one more label. */
  public MeshNamespace labelled(String key, String value) {
    TreeMap<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return new MeshNamespace(name, more);
  }
}
