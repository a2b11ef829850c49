package io.github.istioegress.expansion.install;

import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.GatewayPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pod of a gateway before Istio injects its proxy: it runs as Istio's own user, and passes the
 * strictest of Kubernetes' Pod Security Standards.
 */
final class GatewayPod {

  /** The user and group of Istio's proxies. */
  private static final int ISTIO_PROXY = 1337;

  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private GatewayPod() {}

  /** The template of a Deployment. */
  static Map<String, Object> template(
      GatewayDeployment deployment, Map<String, String> labels, Map<String, String> nodeSelector) {
    Map<String, String> podLabels = new TreeMap<>(labels);
    if (deployment.revision().isEmpty()) {
      podLabels.put("sidecar.istio.io/inject", "true");
    } else {
      podLabels.put("istio.io/rev", deployment.revision());
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", podLabels);
    metadata.put("annotations", Map.of("inject.istio.io/templates", "gateway"));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("serviceAccountName", deployment.gateway().name());
    if (!nodeSelector.isEmpty()) {
      spec.put("nodeSelector", nodeSelector);
    }
    spec.put("securityContext", podSecurity(deployment));
    spec.put("containers", List.of(proxy(deployment)));
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("metadata", metadata);
    template.put("spec", spec);
    return template;
  }

  private static Map<String, Object> podSecurity(GatewayDeployment deployment) {
    Map<String, Object> security = new LinkedHashMap<>();
    security.put("runAsNonRoot", true);
    security.put("seccompProfile", Map.of("type", "RuntimeDefault"));
    boolean low =
        deployment.gateway().ports().stream()
            .mapToInt(GatewayPort::targetPort)
            .anyMatch(port -> port < FIRST_UNPRIVILEGED_PORT);
    if (low) {
      // Listening there is else the right of root alone.
      Map<String, Object> start = new LinkedHashMap<>();
      start.put("name", "net.ipv4.ip_unprivileged_port_start");
      start.put("value", "0");
      security.put("sysctls", List.of(start));
    }
    return security;
  }

  /** Istio puts its proxy in place of this container, and keeps what is said here. */
  private static Map<String, Object> proxy(GatewayDeployment deployment) {
    Map<String, Object> security = new LinkedHashMap<>();
    security.put("allowPrivilegeEscalation", false);
    security.put("capabilities", Map.of("drop", List.of("ALL")));
    security.put("privileged", false);
    security.put("readOnlyRootFilesystem", true);
    security.put("runAsGroup", ISTIO_PROXY);
    security.put("runAsNonRoot", true);
    security.put("runAsUser", ISTIO_PROXY);
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", "istio-proxy");
    container.put("image", "auto");
    container.put("resources", GatewayChart.resources(deployment));
    container.put("securityContext", security);
    return container;
  }
}
