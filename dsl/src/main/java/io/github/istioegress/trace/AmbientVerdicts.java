package io.github.istioegress.trace;

import io.github.istioegress.trace.ambient.Waypoint;
import java.util.List;

/** How ways of pods in ambient mode end, beside the ends that every way may have. */
final class AmbientVerdicts {

  private AmbientVerdicts() {}

  static List<Branch> undeclared(Leg leg, HopDraft hop) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.PASSTHROUGH,
            "%s lets it pass as dialled: no service has the address, and ztunnel does not heed"
                    .formatted(leg.proxy())
                + " outboundTrafficPolicy",
            "to refuse it, close the namespace with a NetworkPolicy; REGISTRY_ONLY does not reach"
                + " pods in ambient mode");
  }

  static List<Branch> noPort(Leg leg, String host, int port) {
    return leg.end(
        Outcome.BLOCKED,
        "%s closes the connection: %s has no port %s".formatted(leg.proxy(), host, port),
        "declare the port in the ServiceEntry of the host");
  }

  static List<Branch> noEndpoints(Leg leg, String host) {
    return leg.end(
        Outcome.NO_ENDPOINTS,
        "%s closes the connection: %s has no endpoints".formatted(leg.proxy(), host),
        "give the ServiceEntry resolution DNS, or endpoints, or a waypoint");
  }

  static List<Branch> notServed(Leg leg, HopDraft hop) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.BLOCKED,
            "%s closes the connection: it serves no port %s of the service"
                .formatted(leg.proxy(), leg.port()),
            "declare the port in the ServiceEntry of the host; TLS to a wildcard with resolution"
                + " DYNAMIC_DNS needs a flag of istiod");
  }

  static List<Branch> noVirtualHost(Leg leg, HopDraft hop, String host) {
    return leg.after(hop.to("", ""))
        .end(
            Outcome.BLOCKED,
            "%s answers 404: no virtual host for %s".formatted(leg.proxy(), host),
            "the names of a wildcard are taken from a Host header without a port: use port 80 for"
                + " HTTP, or declare the hosts one by one");
  }

  static List<Branch> byChance(Leg leg, String host) {
    return leg.end(
        Outcome.UNDETERMINED,
        "several ServiceEntries could be the one for %s: Istio itself has no order between them"
            .formatted(host),
        "keep one ServiceEntry for the host, and give no address to two hosts");
  }

  static List<Branch> servedTwice(Leg leg, Waypoint waypoint, String host) {
    return leg.end(
        Outcome.UNDETERMINED,
        "waypoint %s serves %s of two namespaces: istiod keeps one of them, by chance"
            .formatted(waypoint, host),
        "keep one ServiceEntry for the host");
  }

  static List<Branch> oneAddress(Leg leg, Waypoint waypoint, String host, String other) {
    return leg.end(
        Outcome.UNDETERMINED,
        "waypoint %s serves %s and %s, which has the same address: the listener takes either"
            .formatted(waypoint, host, other),
        "give each host addresses of its own, or none");
  }

  static List<Branch> allocated(Leg leg) {
    return leg.end(
        Outcome.UNDETERMINED,
        "%s sends it on to the address that was dialled, one that istiod gave out and no manifest says"
            .formatted(leg.proxy()),
        "route to a host with resolution DNS");
  }

  static List<Branch> givenOut(Leg leg, String address) {
    return leg.end(
        Outcome.UNDETERMINED,
        "%s is of the addresses that istiod gives out: no manifest says to which host"
            .formatted(address),
        "call the host by its name");
  }
}
