package io.github.istioegress.reach;

import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.github.istioegress.reach.ReachCaller.Proxy;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.GatewayPort;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.PodTemplate;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rows of the matrix: each workload that is no gateway, the callers that a file of calls names,
 * and any pod of a namespace that shows neither.
 */
public final class Callers {

  private static final Comparator<ReachCaller> ORDER =
      Comparator.comparing((ReachCaller row) -> row.pod().namespace())
          .thenComparing(row -> row.workload().isEmpty())
          .thenComparing(ReachCaller::name);

  private final ResourceSet resources;
  private final Tracer tracer;
  private final Injection injection;
  private final Set<String> inhabited = new HashSet<>();

  /**
   * Prepares the rows of a set.
   *
   * @param resources the manifests
   * @param tracer the tracer of the same manifests
   */
  public Callers(ResourceSet resources, Tracer tracer) {
    this.resources = resources;
    this.tracer = tracer;
    this.injection = new Injection(resources, tracer);
  }

  /** All rows, or those of the caller that is asked for; calls that are asked add their callers. */
  public List<ReachCaller> of(List<Call> asked, String from) {
    List<ReachCaller> rows = new ArrayList<>(workloads());
    Set<Caller> shown = new HashSet<>(rows.stream().map(ReachCaller::pod).toList());
    asked.stream().map(Call::from).filter(shown::add).map(this::unseen).forEach(rows::add);
    rows.forEach(row -> inhabited.add(row.pod().namespace()));
    for (String namespace : namespaces()) {
      if (!inhabited.contains(namespace)) {
        rows.add(unseen(Caller.in(namespace)));
      }
    }
    rows.sort(ORDER);
    return from.isEmpty() ? rows : narrowed(rows, Caller.parse(from));
  }

  /** Rows of a namespace and labels; where there is none, the very pod that is asked for. */
  private List<ReachCaller> narrowed(List<ReachCaller> rows, Caller wanted) {
    List<ReachCaller> found =
        rows.stream()
            .filter(row -> row.pod().namespace().equals(wanted.namespace()))
            .filter(row -> row.pod().labels().entrySet().containsAll(wanted.labels().entrySet()))
            .toList();
    return found.isEmpty() ? List.of(unseen(wanted)) : found;
  }

  private List<ReachCaller> workloads() {
    Set<String> all =
        resources.all().stream()
            .map(resource -> resource.key().toString())
            .collect(Collectors.toSet());
    List<ReachCaller> rows = new ArrayList<>();
    for (Resource resource : resources.all()) {
      Optional<PodTemplate> template = PodTemplate.of(resource.object());
      if (template.isEmpty() || isMadeBy(resource, all)) {
        continue;
      }
      PodTemplate pods = template.get();
      ResourceKey key = resource.key();
      Workload workload =
          new Workload(
              key.name(), key.namespace(), pods.labels(), pods.serviceAccount(), pods.isRouter());
      inhabited.add(key.namespace());
      if (!tracer.isGateway(workload)) {
        Caller pod =
            new Caller(
                key.namespace(),
                pods.labels(),
                pods.serviceAccount(),
                pods.annotations(),
                pods.hostNetwork());
        rows.add(injection.of(row(key.toString(), pod, Optional.of(key)), template));
      }
    }
    return rows;
  }

  /** A pod of a Deployment, or a Job of a CronJob, is in the matrix with what makes it. */
  private static boolean isMadeBy(Resource resource, Set<String> all) {
    return resource.object().getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                all.contains(
                    "%s %s/%s"
                        .formatted(owner.getKind(), resource.key().namespace(), owner.getName())));
  }

  private ReachCaller unseen(Caller pod) {
    String account =
        pod.serviceAccount().equals("default") ? "" : ", service account " + pod.serviceAccount();
    String name =
        pod.labels().isEmpty() && account.isEmpty()
            ? "any pod of " + pod.namespace()
            : "pods of %s%s%s".formatted(pod.namespace(), labels(pod.labels()), account);
    String marked = pod.annotations().isEmpty() ? "" : ", annotated" + labels(pod.annotations());
    return injection.of(row(name + marked, pod, Optional.empty()), Optional.empty());
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(",", " ", ""));
  }

  private static ReachCaller row(String name, Caller pod, Optional<ResourceKey> workload) {
    return new ReachCaller(name, pod, workload, Proxy.SIDECAR, Optional.empty(), "");
  }

  /** Namespaces of the mesh, and those with egress of their own that are not a gateway's home. */
  private Set<String> namespaces() {
    Set<String> homes =
        tracer.gatewayPorts().stream()
            .map(GatewayPort::gateway)
            .map(gateway -> gateway.substring(0, gateway.indexOf('/')))
            .collect(Collectors.toSet());
    Set<String> found = new TreeSet<>();
    for (Resource resource : resources.all()) {
      String home = ResourceSet.home(resource);
      if (injection.isMarked(home) || (isEgress(resource) && !homes.contains(home))) {
        found.add(home);
      }
    }
    found.remove("");
    return found;
  }

  private static boolean isEgress(Resource resource) {
    return switch (resource.kind()) {
      case SERVICE_ENTRY, SIDECAR -> true;
      case VIRTUAL_SERVICE -> {
        VirtualService service = (VirtualService) resource.object();
        // A delegate names no host: it is a part of another's routes.
        yield service.getSpec() != null
            && !service.getSpec().getHosts().isEmpty()
            && Destinations.isOfMesh(service.getSpec());
      }
      case NETWORK_POLICY -> {
        NetworkPolicy policy = (NetworkPolicy) resource.object();
        yield policy.getSpec() != null && policy.getSpec().getPolicyTypes().contains("Egress");
      }
      default -> false;
    };
  }
}
