package io.github.istioegress.expansion.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.PlanFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gateway brought up by manifests: a Deployment into which Istio injects the proxy, and what
 * belongs to it.
 */
final class InjectedGateway {

  /** The one label that selects the pods: a Deployment's selector can never be changed again. */
  private static final String APP = "app";

  private final EgressPlan plan;
  private final PlanFacts facts;
  private final GatewayDeployment deployment;
  private final EgressGateway gateway;

  InjectedGateway(EgressPlan plan, PlanFacts facts, GatewayDeployment deployment) {
    this.plan = plan;
    this.facts = facts;
    this.deployment = deployment;
    this.gateway = deployment.gateway();
  }

  List<HasMetadata> resources() {
    List<HasMetadata> resources = new ArrayList<>();
    if (bringsItsNamespace()) {
      resources.add(namespace());
    }
    resources.add(new ServiceAccountBuilder().withMetadata(metadata(gateway.name())).build());
    if (facts.isPresenting(gateway)) {
      resources.addAll(SecretReaders.of(metadata(SecretReaders.name(gateway)), gateway.name()));
    }
    resources.add(service());
    resources.add(
        Untyped.of("apps/v1", "Deployment", metadata(gateway.name()), "spec", deploymentSpec()));
    if (!deployment.replicas().isFixed()) {
      resources.add(
          Untyped.of(
              "autoscaling/v2",
              "HorizontalPodAutoscaler",
              metadata(gateway.name()),
              "spec",
              autoscalerSpec()));
    }
    Map<String, Object> budget = new LinkedHashMap<>(GatewayChart.budget());
    budget.put("selector", Map.of("matchLabels", selector()));
    resources.add(
        Untyped.of("policy/v1", "PodDisruptionBudget", metadata(gateway.name()), "spec", budget));
    return resources;
  }

  /** Not where the plan has it for its callers, with labels, or Istio's installation made it. */
  private boolean bringsItsNamespace() {
    return deployment.home() == GatewayDeployment.Home.CREATED
        && !gateway.namespace().equals(plan.mesh().config().rootNamespace())
        && !facts.has(gateway.namespace());
  }

  private Namespace namespace() {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(gateway.namespace())
        .endMetadata()
        .build();
  }

  private ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(gateway.namespace())
        .withLabels(labels())
        .build();
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(gateway.labels());
    labels.put(APP, gateway.name());
    return labels;
  }

  private Map<String, String> selector() {
    return Map.of(APP, gateway.name());
  }

  private Service service() {
    return new ServiceBuilder()
        .withMetadata(metadata(gateway.name()))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(selector())
        .withPorts(
            GatewayPorts.of(facts, gateway).stream().map(InjectedGateway::servicePort).toList())
        .endSpec()
        .build();
  }

  private static ServicePort servicePort(GatewayPorts.Named port) {
    return new ServicePortBuilder()
        .withName(port.name())
        .withPort(port.port())
        .withProtocol("TCP")
        .withTargetPort(new IntOrString(port.targetPort()))
        .build();
  }

  private Map<String, Object> deploymentSpec() {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (deployment.replicas().isFixed()) {
      // Else the autoscaler says it, and applying the manifest again must not.
      spec.put("replicas", deployment.replicas().atLeast());
    }
    spec.put("selector", Map.of("matchLabels", selector()));
    spec.put(
        "template", GatewayPod.template(deployment, labels(), GatewayChart.nodeSelector(plan)));
    return spec;
  }

  private Map<String, Object> autoscalerSpec() {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("apiVersion", "apps/v1");
    target.put("kind", "Deployment");
    target.put("name", gateway.name());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("scaleTargetRef", target);
    spec.putAll(GatewayChart.scale(deployment.replicas()));
    return spec;
  }
}
