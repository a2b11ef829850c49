package io.github.istioegress.importer;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how a gateway of one's own is brought up. */
record DeploymentReader(InputSet input) {

  private static final String REVISION = "istio.io/rev";

  /** What may have been said of a gateway; empty where its Deployment is not there. */
  List<GatewayDeployment> of(EgressGateway gateway) {
    Optional<Map<?, ?>> spec = spec(ResourceKind.DEPLOYMENT, gateway);
    if (spec.isEmpty() || gateway.flavor() != GatewayFlavor.ISTIO_API) {
      return List.of();
    }
    GatewayDeployment deployment = GatewayDeployment.of(gateway);
    if (spec.get().get("replicas") instanceof Integer always) {
      deployment = deployment.replicas(always);
    }
    Map<?, ?> scale = spec(ResourceKind.HORIZONTAL_POD_AUTOSCALER, gateway).orElse(Map.of());
    if (scale.get("minReplicas") instanceof Integer least
        && scale.get("maxReplicas") instanceof Integer most) {
      deployment = deployment.replicas(least, most);
    }
    Map<?, ?> template = table(spec.get(), "template");
    Map<?, ?> labels = table(table(template, "metadata"), "labels");
    if (labels.get(REVISION) instanceof String revision) {
      deployment = deployment.revision(revision);
    }
    Map<?, ?> resources = resources(table(template, "spec"));
    Map<?, ?> requests = table(resources, "requests");
    Map<?, ?> limits = table(resources, "limits");
    if (requests.containsKey("cpu") && requests.containsKey("memory")) {
      deployment = deployment.requests(text(requests, "cpu"), text(requests, "memory"));
    }
    if (limits.containsKey("cpu") && limits.containsKey("memory")) {
      deployment = deployment.limits(text(limits, "cpu"), text(limits, "memory"));
    }
    List<GatewayDeployment> candidates = new ArrayList<>();
    candidates.add(deployment);
    candidates.add(deployment.inExistingNamespace());
    return candidates;
  }

  private static String text(Map<?, ?> in, String key) {
    return String.valueOf(in.get(key));
  }

  private static Map<?, ?> resources(Map<?, ?> pod) {
    return pod.get("containers") instanceof List<?> containers
            && !containers.isEmpty()
            && containers.get(0) instanceof Map<?, ?> first
        ? table(first, "resources")
        : Map.of();
  }

  private Optional<Map<?, ?>> spec(ResourceKind kind, EgressGateway gateway) {
    return input
        .resources()
        .find(keyOf(kind, gateway))
        .map(Resource::object)
        .filter(GenericKubernetesResource.class::isInstance)
        .map(GenericKubernetesResource.class::cast)
        .map(one -> one.getAdditionalProperties().get("spec"))
        .filter(Map.class::isInstance)
        .map(one -> (Map<?, ?>) one);
  }

  private static io.github.istioegress.resource.ResourceKey keyOf(
      ResourceKind kind, EgressGateway gateway) {
    return kind.key(gateway.namespace(), gateway.name());
  }

  private static Map<?, ?> table(Map<?, ?> in, String key) {
    return in.get(key) instanceof Map<?, ?> table ? table : Map.of();
  }
}
