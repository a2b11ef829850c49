package io.github.istioegress.trace.registry;

import java.util.Map;

/**
 * A pod that a Service may select.
 *
 * @param name the name of the pod or of what makes it
 * @param namespace its namespace
 * @param labels its labels
 * @param serviceAccount its service account; empty where no manifest says it
 * @param router true where its template says that its proxy is a gateway and not a sidecar
 */
public record Workload(
    String name,
    String namespace,
    Map<String, String> labels,
    String serviceAccount,
    boolean router) {

  /** True where it has all of these labels. */
  public boolean has(Map<String, String> selector) {
    return labels.entrySet().containsAll(selector.entrySet());
  }
}
