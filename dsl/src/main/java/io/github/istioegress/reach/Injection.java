package io.github.istioegress.reach;

import io.github.istioegress.reach.ReachCaller.Proxy;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Around;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.PodTemplate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which proxy takes the calls of pods: what their namespace and their template ask for. */
final class Injection {

  private static final String INJECTION = "istio-injection";
  private static final String INJECT = "sidecar.istio.io/inject";
  private static final String REVISION = "istio.io/rev";
  private static final String MODE = "istio.io/dataplane-mode";

  /** The user whose packets a pod's rules leave alone, for they are the proxy's own. */
  private static final long PROXY_USER = 1337;

  private final Tracer tracer;
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  Injection(ResourceSet resources, Tracer tracer) {
    this.tracer = tracer;
    for (Resource namespace : resources.of(ResourceKind.NAMESPACE)) {
      namespaces.put(
          namespace.key().name(),
          Objects.requireNonNullElse(namespace.object().getMetadata().getLabels(), Map.of()));
    }
  }

  /** True where a namespace has a mark by which its pods are of the mesh. */
  boolean isMarked(String namespace) {
    Map<String, String> labels = namespaces.getOrDefault(namespace, Map.of());
    return labels.getOrDefault(INJECTION, "").equals("enabled")
        || labels.containsKey(REVISION)
        || labels.getOrDefault(MODE, "").equals("ambient");
  }

  /**
   * The row of pods.
   *
   * @param row what is known of it so far
   * @param template what makes the pods; empty where no manifest shows it
   */
  ReachCaller of(ReachCaller row, Optional<PodTemplate> template) {
    Caller pod = row.pod();
    Optional<Around> node = Around.ofNode(pod);
    if (node.isPresent()) {
      return around(
          row,
          node.get(),
          node.get().why() + ", and to which most networks apply no NetworkPolicy");
    }
    if (tracer.isAmbient(pod)) {
      return new ReachCaller(
          row.name(), pod, row.workload(), Proxy.ZTUNNEL, Optional.empty(), row.note());
    }
    if (inject(pod).equals("false")) {
      // The tracer sees this mark by itself.
      return new ReachCaller(
          row.name(),
          pod,
          row.workload(),
          Proxy.NONE,
          Optional.empty(),
          "no sidecar: the pod is marked " + INJECT + ": false");
    }
    Optional<String> asProxy = template.flatMap(it -> it.runningAs(PROXY_USER));
    if (asProxy.isPresent()) {
      return unseen(
          row,
          "container %s runs as user %s, whose calls no sidecar gets"
              .formatted(asProxy.get(), PROXY_USER));
    }
    if (template.filter(PodTemplate::hasProxy).isPresent()) {
      return row;
    }
    Map<String, String> labels = namespaces.getOrDefault(pod.namespace(), Map.of());
    if (labels.getOrDefault(INJECTION, "").equals("disabled")) {
      return unseen(row, "Namespace %s has sidecars disabled".formatted(pod.namespace()));
    }
    return asksFor(labels, pod) ? row : assumed(row);
  }

  /** What marks a namespace may not be in the manifests, so one without a mark is no proof. */
  private ReachCaller assumed(ReachCaller row) {
    String namespace = row.pod().namespace();
    return new ReachCaller(
        row.name(),
        row.pod(),
        row.workload(),
        Proxy.SIDECAR,
        Optional.empty(),
        (namespaces.containsKey(namespace)
                ? ReachCaller.ASSUMED + ": Namespace %s asks for none"
                : ReachCaller.ASSUMED + ": no manifest shows Namespace %s")
            .formatted(namespace));
  }

  private static String inject(Caller pod) {
    String label = pod.labels().get(INJECT);
    return label == null ? pod.annotations().getOrDefault(INJECT, "") : label;
  }

  private static boolean asksFor(Map<String, String> namespace, Caller pod) {
    return namespace.getOrDefault(INJECTION, "").equals("enabled")
        || namespace.containsKey(REVISION)
        || pod.labels().containsKey(REVISION)
        || inject(pod).equals("true");
  }

  private static ReachCaller unseen(ReachCaller row, String why) {
    return around(row, new Around(why, false), "no sidecar: " + why);
  }

  private static ReachCaller around(ReachCaller row, Around around, String note) {
    return new ReachCaller(
        row.name(), row.pod(), row.workload(), Proxy.NONE, Optional.of(around), note);
  }
}
