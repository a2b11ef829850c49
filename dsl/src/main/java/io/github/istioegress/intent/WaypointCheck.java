package io.github.istioegress.intent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ztunnel and waypoints cannot do, and what sentences that share them have to agree on. */
final class WaypointCheck {

  private static final String INJECTION = "istio-injection";

  private WaypointCheck() {}

  /**
   * Checks a sentence.
   *
   * @throws IllegalArgumentException when its words have no effect at a waypoint
   */
  static void check(Sentence said) {
    if (said.path().waypoint().isEmpty()) {
      return;
    }
    if (said.port().protocol() == PortProtocol.TCP) {
      throw refused(
          said,
          "ztunnel takes an address that is also an endpoint for the endpoint itself, and passes"
              + " the waypoint by (istio/istio#59576); say via(gateway)");
    }
    if (said.host().isWildcard()) {
      throw refused(said, "a waypoint serves single hosts; say via(gateway), or each host");
    }
    if (said.handling().answering().isPresent()) {
      throw refused(
          said,
          said.handling().answering().get()
              + " is not offered at a waypoint; say via(gateway), or the other host itself");
    }
    if (said.policy().fault().isPresent()) {
      throw refused(
          said, "the caller's sidecar makes faults, and its pods have none; leave fault(...) out");
    }
    if (!said.policy().mirrors().isEmpty()) {
      throw refused(
          said,
          said.policy().mirrors().get(0)
              + " is not offered at a waypoint; leave it out, or say via(gateway)");
    }
    if (said.visibility().isPresent()) {
      throw refused(said, "ztunnel does not heed exportTo; leave visible(...) out, say from(...)");
    }
  }

  private static IllegalArgumentException refused(Sentence said, String why) {
    return new IllegalArgumentException(
        "%s %s cannot go so via waypoint %s: %s"
            .formatted(said.host(), said.port(), said.path().waypoint().orElseThrow(), why));
  }

  /**
   * Checks all sentences of a plan: pods either have sidecars or are in ambient mode, and of a host
   * that goes through a waypoint there is one ServiceEntry for the whole mesh.
   *
   * @throws IllegalArgumentException when two sentences contradict each other, or the mesh is not
   *     in ambient mode
   */
  static void check(Mesh mesh, List<NamespaceEgress> namespaces) {
    Map<String, EgressIntent> byHost = new HashMap<>();
    Map<String, EgressIntent> byPort = new HashMap<>();
    Set<String> names =
        namespaces.stream().map(said -> said.namespace().name()).collect(Collectors.toSet());
    for (NamespaceEgress said : namespaces) {
      for (EgressIntent intent : said.intents()) {
        alike(byHost.putIfAbsent(intent.host().name(), intent), intent);
        if (intent.path().waypoint().isPresent()) {
          inAmbient(mesh, intent);
          alone(names, intent, intent.path().waypoint().get());
          String port = intent.host() + " " + intent.port().number();
          same(byPort.putIfAbsent(port, intent), intent);
        }
      }
      mixed(said);
    }
  }

  private static void inAmbient(Mesh mesh, EgressIntent intent) {
    if (!mesh.isAmbient()) {
      throw new IllegalArgumentException(
          "%s at %s goes through a waypoint, and the plan's mesh is not in ambient mode: say EgressPlan.on(mesh.ambient())"
              .formatted(intent, intent.origin().place()));
    }
  }

  /** Whoever calls from the waypoint's namespace would make its Namespace a second time. */
  private static void alone(Set<String> names, EgressIntent intent, Waypoint waypoint) {
    if (names.contains(waypoint.namespace())) {
      throw new IllegalArgumentException(
          "%s at %s goes through waypoint %s, whose namespace has sentences of its own: give the waypoint a namespace for itself"
              .formatted(intent, intent.origin().place(), waypoint));
    }
  }

  private static void alike(@Nullable EgressIntent first, EgressIntent second) {
    boolean waypoints = first != null && !first.path().waypoint().equals(second.path().waypoint());
    if (first != null && waypoints) {
      throw Contradiction.between(
          first,
          second,
          "lead to one host by a waypoint and by another way: ztunnel heeds no exportTo, so either"
              + " ServiceEntry could hold for everybody; say the same waypoint in all");
    }
  }

  private static void same(@Nullable EgressIntent first, EgressIntent second) {
    if (first == null) {
      return;
    }
    boolean agree =
        first.port().equals(second.port())
            && first.portName().equals(second.portName())
            && first.protocolWord().equals(second.protocolWord())
            && first.handling().equals(second.handling())
            && first.policy().equals(second.policy());
    if (!agree) {
      throw Contradiction.between(
          first,
          second,
          "want different things of port "
              + second.port().number()
              + " of one host: a waypoint has one ServiceEntry, rule and route for it; say the same"
              + " protocol, TLS, timeouts and connections in both");
    }
  }

  private static void mixed(NamespaceEgress said) {
    List<EgressIntent> through =
        said.intents().stream().filter(i -> i.path().waypoint().isPresent()).toList();
    if (through.isEmpty()) {
      return;
    }
    EgressIntent intent = through.get(0);
    String name = said.namespace().name();
    if (through.size() < said.intents().size()) {
      throw new IllegalArgumentException(
          "namespace %s has %s at %s, which needs ambient mode, beside sentences that need sidecars: a namespace is in either; say via(waypoint) in all, or use two namespaces"
              .formatted(name, intent, intent.origin().place()));
    }
    if (said.namespace().labels().getOrDefault(INJECTION, "").equals("enabled")) {
      throw new IllegalArgumentException(
          "namespace %s is injected(), and %s at %s needs pods without sidecars: leave injected() out"
              .formatted(name, intent, intent.origin().place()));
    }
    if (said.namespace().outboundTrafficPolicy().isPresent()
        || said.namespace().scope().isPresent()) {
      throw new IllegalArgumentException(
          "namespace %s says what its sidecars do, and its pods have none in ambient mode: say networkPolicy() to refuse what is not declared"
              .formatted(name));
    }
  }
}
