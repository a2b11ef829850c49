package io.github.istioegress.trace.envoy;

import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.List;

/** The names by which a pod may call a host: a Service of the cluster has shorter ones. */
final class ServiceNames {

  private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

  private ServiceNames() {}

  static List<String> of(String host, Scope scope) {
    List<String> names = new ArrayList<>(List.of(host));
    if (host.endsWith(CLUSTER_DOMAIN)) {
      String inCluster = host.substring(0, host.length() - CLUSTER_DOMAIN.length());
      if (inCluster.endsWith("." + scope.namespace())) {
        names.add(inCluster.substring(0, inCluster.length() - scope.namespace().length() - 1));
      }
      names.add(inCluster + ".svc");
      names.add(inCluster);
    }
    return List.copyOf(names);
  }
}
