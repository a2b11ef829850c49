package io.github.istioegress.analysis.context;

import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Set;

/**
 * How a set of manifests came to be judged.
 *
 * @param meshConfigSaid true where the manifests hold a mesh config
 * @param told gateways of which the installation's file tells, beside the manifests
 * @param assumed gateways that routes need and that nothing shows
 * @param isolated true where the set is of tenants that are to be kept apart, whatever it looks
 *     like
 * @param direct what is meant to leave past every gateway, {@code shop/edition.cnn.com:443}: what a
 *     definition says so
 */
public record Setting(
    boolean meshConfigSaid,
    List<GatewayWorkload> told,
    List<GatewayWorkload> assumed,
    boolean isolated,
    Set<String> direct) {

  /** Freezes the lists. */
  public Setting {
    told = List.copyOf(told);
    assumed = List.copyOf(assumed);
    direct = Set.copyOf(direct);
  }
}
