package io.github.istioegress.trace;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.network.Destination;
import io.github.istioegress.trace.network.Passage;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Workload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the NetworkPolicies whenever a proxy opens a connection. */
final class NetworkCheck {

  private final Mesh mesh;
  private final Call call;
  private final boolean fromNode;

  /**
   * Prepares the check of a call's connections.
   *
   * @param fromNode true for a pod on its node's network: policies do not hold what it opens itself
   */
  NetworkCheck(Mesh mesh, Call call, boolean fromNode) {
    this.mesh = mesh;
    this.call = call;
    this.fromNode = fromNode;
  }

  /** The end of a call at the connection to a pod; empty where it comes about. */
  Optional<List<Branch>> toPod(Leg leg, Workload pod, int port) {
    return end(
        leg,
        Destination.pod(pod, port),
        "pods of %s/%s on port %s".formatted(pod.namespace(), pod.name(), port));
  }

  /** The end of a call at the connection to a host outside; empty where it comes about. */
  Optional<List<Branch>> toOutside(Leg leg, String address, int port) {
    return end(
        leg,
        Destination.outside(resolved(address), port),
        "%s on port %s".formatted(isStandIn(address) ? call.host() : address, port));
  }

  /** The end of a call that a proxy lets pass to where the application dialled. */
  Optional<List<Branch>> asDialled(Leg leg) {
    Optional<RegistryService> service = mesh.registry().kubernetesAt(leg.address());
    Optional<Workload> pod =
        service.flatMap(found -> mesh.registry().pods(found).stream().findFirst());
    if (pod.isEmpty()) {
      return toOutside(leg, leg.address(), leg.port());
    }
    // The cluster's network puts a pod in place of the Service.
    int port =
        service.get().port(leg.port()).map(own -> own.targetPort()).orElseGet(() -> leg.port());
    return toPod(leg, pod.get(), port);
  }

  /** What the caller's resolver answered holds for the name; a stand-in is no address. */
  private String resolved(String address) {
    if (isStandIn(address)) {
      return "";
    }
    return address.equals(call.host()) && !call.address().isEmpty() ? call.address() : address;
  }

  private boolean isStandIn(String address) {
    return address.equals(Dialled.DOCUMENTATION)
        && call.address().isEmpty()
        && !call.host().equals(address);
  }

  private Optional<List<Branch>> end(Leg leg, Destination to, String where) {
    if (fromNode && leg.hops().isEmpty()) {
      return Optional.empty();
    }
    Workload from =
        new Workload(leg.proxy(), leg.scope().namespace(), leg.scope().labels(), "", false);
    Passage passage = mesh.network().rule(from, to);
    List<Decision> by = passage.policies().stream().map(r -> decision(r, passage)).toList();
    Leg ended = leg.decidedBy(by);
    List<Branch> end =
        switch (passage.verdict()) {
          case OPEN -> List.of();
          case DROPPED -> dropped(ended, names(passage), where, passage.path());
          case UNKNOWN -> unknown(ended, names(passage), where);
        };
    return end.isEmpty()
        ? Optional.empty()
        : Optional.of(end.stream().map(branch -> branch.by(by)).toList());
  }

  private static Decision decision(Resource policy, Passage passage) {
    return Decision.of(policy, passage.path());
  }

  private static String names(Passage passage) {
    return passage.policies().stream()
        .map(policy -> policy.key().namespace() + "/" + policy.key().name())
        .collect(Collectors.joining(", ", "NetworkPolicy ", ""));
  }

  private static List<Branch> dropped(Leg leg, String policies, String where, String path) {
    return leg.end(
        Outcome.DENIED,
        "%s lets no connection of %s to %s through: %s"
            .formatted(policies, who(leg), where, seen(leg)),
        "let it through in %s of a NetworkPolicy of this namespace: pods by their labels and their own port, not the Service's; hosts outside by ipBlock"
            .formatted(path));
  }

  private static List<Branch> unknown(Leg leg, String policies, String where) {
    return leg.end(
        Outcome.UNDETERMINED,
        "whether %s lets the connection of %s to %s through depends on what the manifests do not say"
            .formatted(policies, who(leg), where),
        "say address in the calls file, or add the Namespace with its labels; a port's name and a"
            + " block of addresses around pods stay unknown");
  }

  private static String who(Leg leg) {
    return leg.hops().isEmpty() ? "the caller's pod" : leg.proxy();
  }

  private static String seen(Leg leg) {
    if (leg.hops().isEmpty()) {
      return "the application's connect times out";
    }
    boolean http = leg.hops().get(leg.hops().size() - 1).filter().equals("http");
    return "it %s when connecting times out (UF)"
        .formatted(http ? "answers 503" : "closes the connection");
  }
}
