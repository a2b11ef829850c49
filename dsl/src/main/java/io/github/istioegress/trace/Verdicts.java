package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cluster;
import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.Listener;
import io.github.istioegress.trace.policy.Ruling;
import io.github.istioegress.trace.registry.Workload;
import java.util.List;

/** How ways end: the outcome, what the caller sees, and what to do about it. */
final class Verdicts {

  private Verdicts() {}

  static List<Branch> external(Leg leg, String address, int port) {
    String further = leg.tunnel().isEmpty() ? "" : " and through it to " + leg.tunnel();
    return leg.end(Outcome.EXTERNAL, Branch.LEAVES_TO + address + ":" + port + further, "");
  }

  static List<Branch> tunnelInside(Leg leg, Workload pod) {
    return leg.end(
        Outcome.UNDETERMINED,
        "pods of %s/%s are asked for a tunnel to %s, and nothing says what they make of it"
            .formatted(pod.namespace(), pod.name(), leg.tunnel()),
        "trace the call from those pods");
  }

  static List<Branch> inMesh(Leg leg, Workload pod) {
    return leg.end(
        Outcome.MESH, "ends at pods of %s/%s".formatted(pod.namespace(), pod.name()), "");
  }

  static List<Branch> passthrough(Leg leg) {
    return leg.end(
        Outcome.PASSTHROUGH,
        "%s lets it pass as dialled: nothing it sees declares it and outboundTrafficPolicy is ALLOW_ANY"
            .formatted(leg.proxy()),
        "declare the host, or set outboundTrafficPolicy REGISTRY_ONLY to refuse the rest");
  }

  static List<Branch> nobodyThere(Leg leg) {
    return leg.end(
        Outcome.NO_ENDPOINTS,
        "%s lets it pass as dialled, to %s: istiod gave this address to the host, and no machine has it, so connecting fails (UF)"
            .formatted(leg.proxy(), leg.address()),
        "declare port %s of the host".formatted(leg.port()));
  }

  static List<Branch> pastSidecar(Leg leg, String why) {
    return leg.end(
        Outcome.PASSTHROUGH,
        "no proxy sees it: " + why,
        "let the sidecar have it, or hold what goes past sidecars with a NetworkPolicy for the pod's"
            + " egress");
  }

  static List<Branch> blackHole(Leg leg, HopDraft hop) {
    return leg.after(hop.to(ClusterName.BLACK_HOLE, "STATIC"))
        .end(
            Outcome.BLOCKED,
            "%s closes the connection: nothing it sees declares the destination and"
                    .formatted(leg.proxy())
                + " outboundTrafficPolicy is REGISTRY_ONLY",
            "declare host and port in a ServiceEntry that the caller's namespace sees");
  }

  static List<Branch> blockedBy(Leg leg, HopDraft hop, String virtualHost, int status) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.BLOCKED,
            "%s answers %s from virtual host %s: nothing it sees declares the host on this port"
                .formatted(leg.proxy(), status, virtualHost),
            "declare host and port in a ServiceEntry that the caller's namespace sees");
  }

  /** What the caller sees of a refusal: an answer where the gateway reads its request. */
  static List<Branch> denied(Leg leg, HopDraft hop, Ruling ruling, boolean http) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.DENIED,
            "%s %s: %s"
                .formatted(
                    leg.proxy(),
                    http ? "answers 403 (RBAC: access denied)" : "closes the connection",
                    ruling.reason()),
            ruling.remedy(),
            ruling.decisions());
  }

  static List<Branch> ruledAtRunTime(Leg leg, HopDraft hop, Ruling ruling) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.UNDETERMINED,
            "%s: %s".formatted(leg.proxy(), ruling.reason()),
            ruling.remedy(),
            ruling.decisions());
  }

  static List<Branch> answered(Leg leg, HopDraft hop, int status) {
    return leg.after(hop.to("", ""))
        .end(Outcome.ANSWERED, "%s answers %s by itself".formatted(leg.proxy(), status), "");
  }

  static List<Branch> noVirtualHost(Leg leg, HopDraft hop, String host) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.BLOCKED,
            "%s answers 404: no virtual host for %s".formatted(leg.proxy(), host),
            "bind a VirtualService for %s to a Gateway of this workload, and export it to the"
                    .formatted(host)
                + " gateway's namespace");
  }

  static List<Branch> noRoute(Leg leg, HopDraft hop, String virtualHost) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.BLOCKED,
            "%s answers 404: no route of virtual host %s matches"
                .formatted(leg.proxy(), virtualHost),
            "add a route whose match names this gateway and the server's port number");
  }

  static List<Branch> notHttp(Leg leg, HopDraft hop) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.BLOCKED,
            "%s answers 400: bytes that are not HTTP reach an HTTP listener".formatted(leg.proxy()),
            "declare the port with the protocol that the application speaks");
  }

  static List<Branch> noCluster(Leg leg, HopDraft hop, String cluster, boolean http) {
    return leg.after(hop.to(cluster, ""))
        .end(
            Outcome.BLOCKED,
            "%s %s NC: it has no cluster %s"
                .formatted(
                    leg.proxy(),
                    http ? "answers " + hop.withoutCluster() : "closes the connection,",
                    cluster),
            "make host, port and subset of the destination known to this proxy: a Service or"
                + " ServiceEntry that it sees, and a DestinationRule in its own namespace, the"
                + " service's or the root namespace");
  }

  static List<Branch> refusedCluster(Leg leg, HopDraft hop, String cluster, boolean http) {
    return leg.after(hop.to(cluster, ""))
        .end(
            Outcome.BLOCKED,
            "%s %s NC: Envoy refuses cluster %s, which looks names up and speaks HTTP/2"
                .formatted(
                    leg.proxy(),
                    http ? "answers " + hop.withoutCluster() : "closes the connection,",
                    cluster),
            "declare the port as HTTP, or the hosts one by one with resolution DNS");
  }

  static List<Branch> noEndpoints(Leg leg, Cluster cluster, boolean http) {
    return leg.end(
        Outcome.NO_ENDPOINTS,
        "%s %s UH: cluster %s has no endpoints"
            .formatted(
                leg.proxy(), http ? "answers 503" : "closes the connection,", cluster.name()),
        cluster.service().kubernetes()
            ? "start pods that the Service " + cluster.service().hostname() + " selects"
            : "give the ServiceEntry resolution DNS, or endpoints");
  }

  /** Istio gives a gateway no filter that reads the SNI for such a cluster; Envoy then has none. */
  static List<Branch> noNameToLookUp(Leg leg, Cluster cluster) {
    return leg.end(
        Outcome.NO_ENDPOINTS,
        "%s closes the connection, UH: at a gateway nothing tells cluster %s which name to look up"
            .formatted(leg.proxy(), cluster.name()),
        "send TLS to this wildcard straight from the sidecar, or declare its hosts one by one with"
            + " resolution DNS");
  }

  static List<Branch> emptyService(Leg leg, String host) {
    return leg.end(
        Outcome.NO_ENDPOINTS,
        "the Service %s has no pods".formatted(host),
        "start pods that the Service selects");
  }

  static List<Branch> refused(Leg leg) {
    return leg.end(
        Outcome.BLOCKED,
        "connection refused: %s does not listen on %s".formatted(leg.proxy(), leg.port()),
        "declare a server in a Gateway that selects these pods, on a port of their Service, with a"
            + " route of the kind that fits its protocol");
  }

  static List<Branch> noChain(Leg leg, HopDraft hop, Listener listener) {
    Leg ended = leg.after(hop.to("", ""));
    if (leg.wire().outer().isEmpty()) {
      return ended.end(
          Outcome.TLS_MISMATCH,
          "%s: plain text reaches a port that expects TLS".formatted(leg.proxy()),
          "set tls on the subset of the DestinationRule, or make the server a plaintext one");
    }
    return ended.end(
        Outcome.BLOCKED,
        "%s closes the connection: no filter chain of %s takes the SNI %s"
            .formatted(leg.proxy(), listener.name(), leg.wire().outer().get().sni()),
        "give the server a host that covers this SNI, with a route for it");
  }

  static List<Branch> tls(Leg leg, HopDraft hop, String problem) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.TLS_MISMATCH,
            "%s: %s".formatted(leg.proxy(), problem),
            "make tls.mode of the server and of the DestinationRule that leads to it agree");
  }

  static List<Branch> loop(Leg leg, String listener) {
    return leg.end(
        Outcome.LOOP,
        "%s sends the call to its own listener %s again".formatted(leg.proxy(), listener),
        "name the gateways in every match of the route: mesh for the way to the gateway, the"
            + " Gateway for the way out");
  }

  static List<Branch> twins(Leg leg, String listener) {
    return leg.end(
        Outcome.UNDETERMINED,
        "Envoy refuses listener %s of %s: two of its filter chains have the same match"
            .formatted(listener, leg.proxy()),
        "give each host, or range of addresses, one route on this port");
  }

  static List<Branch> tooLong(Leg leg, int most) {
    return leg.end(
        Outcome.UNDETERMINED, "the call passes more than %s proxies".formatted(most), "");
  }

  static List<Branch> noOrder(Leg leg, String host) {
    return leg.end(
        Outcome.UNDETERMINED,
        "two ServiceEntries of %s in one namespace are of the same age and do not merge: Istio"
                .formatted(host)
            + " itself has no order between them",
        "keep one ServiceEntry for the host, or give both the same resolution, exportTo and labels");
  }

  static List<Branch> byChance(Leg leg, String host) {
    return leg.end(
        Outcome.UNDETERMINED,
        "ServiceEntries of %s stand in the namespace of %s and in another: Istio takes the own one"
                .formatted(host, leg.proxy())
            + " if it served a sidecar of that namespace before the gateway, else the oldest",
        "keep one ServiceEntry for the host, or give all the same ports and resolution");
  }
}
