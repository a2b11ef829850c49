package io.github.istioegress.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the pods of one namespace may reach.
 *
 * @param namespace the callers' namespace, which also holds the resources
 * @param hosts the hosts, ordered by name
 */
public record NamespaceEgress(MeshNamespace namespace, List<HostEgress> hosts) {

  /**
   * Checks that hosts that share a gateway agree on the names of what they share.
   *
   * @throws IllegalArgumentException when they do not, naming both lines
   */
  public NamespaceEgress {
    hosts = List.copyOf(hosts);
    String own = namespace.name();
    hosts.stream()
        .flatMap(host -> host.intents().stream())
        .forEach(intent -> checkCallers(own, intent));
    ForwardProxyCheck.check(hosts);
    MirrorCheck.check(hosts);
    Map<EgressGateway, List<EgressIntent>> byGateway = new java.util.LinkedHashMap<>();
    Map<String, EgressIntent> byName = new TreeMap<>();
    for (HostEgress host : hosts) {
      for (EgressIntent intent : host.intents()) {
        intent
            .path()
            .gateway()
            .ifPresent(
                gateway -> byGateway.computeIfAbsent(gateway, g -> new ArrayList<>()).add(intent));
        HostEgress.given(intent, NamedObject.SERVICE_ENTRY)
            .ifPresent(name -> unique(name, byName.putIfAbsent(name, intent), intent));
      }
    }
    byGateway
        .values()
        .forEach(
            sharing -> {
              shared(NamedObject.DESTINATION_RULE, sharing);
              shared(NamedObject.GATEWAY, sharing);
            });
  }

  /** Groups sentences by host. */
  static NamespaceEgress of(MeshNamespace namespace, List<EgressIntent> intents) {
    TreeMap<String, List<EgressIntent>> byHost = new TreeMap<>();
    for (EgressIntent intent : intents.stream().flatMap(NamespaceEgress::withMirrors).toList()) {
      byHost.computeIfAbsent(intent.host().name(), name -> new ArrayList<>()).add(intent);
    }
    return new NamespaceEgress(
        namespace,
        byHost.values().stream().map(said -> new HostEgress(said.get(0).host(), said)).toList());
  }

  /** A sentence, and those by which the copies of its requests are sent. */
  private static Stream<EgressIntent> withMirrors(EgressIntent said) {
    return Stream.concat(
        Stream.of(said),
        said.policy().mirrors().stream().map(Mirror::to).flatMap(NamespaceEgress::withMirrors));
  }

  /** Its resources are seen in its namespace alone, so that others could not call anyway. */
  private static void checkCallers(String namespace, EgressIntent intent) {
    for (Callers callers : intent.admission().callers()) {
      if (!callers.namespace().equals(namespace)) {
        throw new IllegalArgumentException(
            "%s at %s names callers of namespace %s, but is said in namespace %s: say it there"
                .formatted(intent, intent.origin().place(), callers.namespace(), namespace));
      }
    }
  }

  private static void unique(
      String name, @org.jspecify.annotations.Nullable EgressIntent first, EgressIntent second) {
    if (first != null && !first.host().equals(second.host())) {
      throw Contradiction.between(
          first,
          second,
          "are both named(\""
              + name
              + "\"): a ServiceEntry has one of these hosts; give each a name of its own");
    }
  }

  private static void shared(NamedObject object, List<EgressIntent> sharing) {
    EgressIntent naming = null;
    for (EgressIntent intent : sharing) {
      if (HostEgress.given(intent, object).isPresent()) {
        if (naming != null) {
          HostEgress.agree(object, naming, intent);
        }
        naming = intent;
      }
    }
  }

  /** The sentences of all hosts, by host and port. */
  public List<EgressIntent> intents() {
    return hosts.stream().flatMap(host -> host.intents().stream()).toList();
  }

  /** The gateways that any host goes through, in the order of the hosts. */
  public List<EgressGateway> gateways() {
    return hosts.stream().flatMap(host -> host.gateways().stream()).distinct().toList();
  }

  /** The name that any of the sentences through this gateway gives to what they share. */
  public Optional<String> name(NamedObject object, EgressGateway gateway) {
    return hosts.stream().flatMap(host -> host.name(object, gateway).stream()).findFirst();
  }
}
