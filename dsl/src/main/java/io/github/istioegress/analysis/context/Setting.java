package io.github.istioegress.analysis.context;

import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;

/**
 * How a set of manifests came to be judged.
 *
 * @param meshConfigSaid true where the manifests hold a mesh config
 * @param told gateways of which the installation's file tells, beside the manifests
 * @param assumed gateways that routes need and that nothing shows
 * @param isolated true where the set is of tenants that are to be kept apart, whatever it looks
 *     like
 */
public record Setting(
    boolean meshConfigSaid,
    List<GatewayWorkload> told,
    List<GatewayWorkload> assumed,
    boolean isolated) {

  /** Freezes the lists. */
  public Setting {
    told = List.copyOf(told);
    assumed = List.copyOf(assumed);
  }
}
