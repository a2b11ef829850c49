package io.github.istioegress.expansion.install;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.PlanFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Istio's {@code gateway} chart and the IstioOperator file need to know of a gateway. */
final class GatewayChart {

  private static final int CPU_PERCENT = 80;

  private GatewayChart() {}

  /** The chart's values. */
  static Map<String, Object> of(EgressPlan plan, PlanFacts facts, EgressGateway gateway) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", gateway.name());
    values.put("labels", new LinkedHashMap<>(gateway.labels()));
    values.put("service", service(facts, gateway));
    plan.deployment(gateway).ifPresent(deployment -> putScale(deployment, values));
    Map<String, String> nodes = nodeSelector(plan);
    if (!nodes.isEmpty()) {
      values.put("nodeSelector", nodes);
    }
    return values;
  }

  private static void putScale(GatewayDeployment deployment, Map<String, Object> values) {
    GatewayDeployment.Replicas replicas = deployment.replicas();
    Map<String, Object> autoscaling = new LinkedHashMap<>();
    autoscaling.put("enabled", !replicas.isFixed());
    if (replicas.isFixed()) {
      values.put("replicaCount", replicas.atLeast());
    } else {
      autoscaling.put("minReplicas", replicas.atLeast());
      autoscaling.put("maxReplicas", replicas.atMost());
      autoscaling.put("targetCPUUtilizationPercentage", CPU_PERCENT);
    }
    values.put("autoscaling", autoscaling);
    values.put("podDisruptionBudget", budget());
    values.put("resources", resources(deployment));
    if (!deployment.revision().isEmpty()) {
      values.put("revision", deployment.revision());
    }
  }

  /** The part of an IstioOperator's gateway component that is about Kubernetes. */
  static Map<String, Object> operatorK8s(EgressPlan plan, PlanFacts facts, EgressGateway gateway) {
    Map<String, Object> k8s = new LinkedHashMap<>();
    k8s.put("service", service(facts, gateway));
    plan.deployment(gateway)
        .ifPresent(
            deployment -> {
              k8s.put("hpaSpec", scale(deployment.replicas()));
              k8s.put("podDisruptionBudget", budget());
              k8s.put("resources", resources(deployment));
            });
    return k8s;
  }

  /** How many pods there are by their load, as a HorizontalPodAutoscaler says it. */
  static Map<String, Object> scale(GatewayDeployment.Replicas replicas) {
    Map<String, Object> scale = new LinkedHashMap<>();
    scale.put("minReplicas", replicas.atLeast());
    scale.put("maxReplicas", replicas.atMost());
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("type", "Utilization");
    target.put("averageUtilization", CPU_PERCENT);
    Map<String, Object> cpu = new LinkedHashMap<>();
    cpu.put("name", "cpu");
    cpu.put("target", target);
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("type", "Resource");
    metric.put("resource", cpu);
    scale.put("metrics", List.of(metric));
    return scale;
  }

  /** One pod may go at a time; a least number would keep a node with the only one from draining. */
  static Map<String, Object> budget() {
    return Map.of("maxUnavailable", 1);
  }

  /** What a pod asks for, and what it may not exceed. */
  static Map<String, Object> resources(GatewayDeployment deployment) {
    Map<String, Object> resources = new LinkedHashMap<>();
    resources.put("requests", quantities(deployment.requests()));
    resources.put("limits", quantities(deployment.limits()));
    return resources;
  }

  private static Map<String, Object> quantities(GatewayDeployment.PodResources said) {
    Map<String, Object> quantities = new LinkedHashMap<>();
    quantities.put("cpu", said.cpu());
    quantities.put("memory", said.memory());
    return quantities;
  }

  /** The nodes to which the plan binds Istio's pods. */
  static Map<String, String> nodeSelector(EgressPlan plan) {
    return plan.mesh().install().map(IstioInstall::nodeSelector).orElse(Map.of());
  }

  /** The gateway's Service: only for callers inside, where the chart's default is open outside. */
  private static Map<String, Object> service(PlanFacts facts, EgressGateway gateway) {
    List<Map<String, Object>> ports = new ArrayList<>();
    for (GatewayPorts.Named port : GatewayPorts.of(facts, gateway)) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", port.name());
      entry.put("port", port.port());
      entry.put("protocol", "TCP");
      entry.put("targetPort", port.targetPort());
      ports.add(entry);
    }
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("type", "ClusterIP");
    service.put("ports", ports);
    return service;
  }
}
