package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.DeclaredProtocol;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.Serving;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.intent.Waypoint;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.SourcePlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** Proposes sentences for a ServiceEntry by what is there beside it. */
final class HostReader {

  static final String USE_WAYPOINT = "istio.io/use-waypoint";

  private final InputSet input;
  private final FoundGateways gateways;
  private final WayReader ways;

  HostReader(InputSet input, FoundGateways gateways) {
    this.input = input;
    this.gateways = gateways;
    this.ways = new WayReader(input, gateways);
  }

  /**
   * Proposes what was said.
   *
   * @throws IllegalArgumentException when no sentence can say such an entry, with the reason
   */
  Proposal read(Resource found) {
    ServiceEntry entry = (ServiceEntry) found.object();
    var spec = entry.getSpec();
    if (spec == null || spec.getHosts().size() != 1) {
      throw new IllegalArgumentException(
          "a sentence has one host, and this entry has "
              + (spec == null ? 0 : spec.getHosts().size()));
    }
    if (spec.getPorts().isEmpty()) {
      throw new IllegalArgumentException("a sentence has a port, and this entry has none");
    }
    String waypoint =
        entry.getMetadata().getLabels() == null
            ? null
            : entry.getMetadata().getLabels().get(USE_WAYPOINT);
    return waypoint == null
        ? Proposal.of(found, found.key().namespace(), sentences(found, entry))
        : behind(new Waypoint(found.key().namespace(), waypoint), found, entry);
  }

  private List<EgressIntent> sentences(Resource found, ServiceEntry entry) {
    String namespace = found.key().namespace();
    List<HttpGatewayIntent> said = new ArrayList<>();
    for (ServicePort port : entry.getSpec().getPorts()) {
      said.add(sentence(found, entry, port, ways.of(namespace, entry, number(port))));
    }
    said.sort(java.util.Comparator.comparing(EgressIntent::port));
    boolean open = entry.getSpec().getExportTo() == null || entry.getSpec().getExportTo().isEmpty();
    HttpGatewayIntent first = named(said.get(0), found);
    said.set(0, open ? first.visible(Visibility.MESH_DEFAULT) : first);
    return new GivenNames(input, gateways)
        .given(namespace, said, ResourceNames.base(baseName(found, entry)));
  }

  private static String baseName(Resource found, ServiceEntry entry) {
    return found.key().name().isEmpty() ? entry.getSpec().getHosts().get(0) : found.key().name();
  }

  private static HttpGatewayIntent named(HttpGatewayIntent said, Resource found) {
    String derived = ResourceNames.base(said.host().dashed());
    return found.key().name().equals(derived) ? said : said.named(found.key().name());
  }

  private HttpGatewayIntent sentence(
      Resource found, ServiceEntry entry, ServicePort port, EgressPath path) {
    ExternalHost host = new ExternalHost(entry.getSpec().getHosts().get(0));
    DeclaredProtocol protocol = protocol(port);
    EgressPort said = new EgressPort(number(port), protocol.meaning());
    String namespace = found.key().namespace();
    String home = path.gateway().map(EgressGateway::namespace).orElse(namespace);
    OutsideReader outside = new OutsideReader(input, home, host.name(), path.gateway());
    int toPort =
        port.getTargetPort() == null ? said.number() : Math.toIntExact(port.getTargetPort());
    Handling handling = handling(entry, host, namespace, said, path);
    boolean readable = said.protocol().isReadable();
    if (readable) {
      handling =
          outside
              .origination(said.number(), toPort, path.isDirect())
              .map(handling::originating)
              .orElse(handling);
    }
    HttpGatewayIntent made = EgressIntent.of(host, said, path, handling, origin(found));
    if (readable) {
      made = RouteReader.patience(made, callers(namespace, made), last(namespace, made));
    }
    made = outside.connections(made, said.number());
    made = admitted(namespace, made);
    if (protocol != DeclaredProtocol.of(said.protocol())) {
      made = made.declaredAs(protocol);
    }
    return port.getName() == null || port.getName().equals(said.name())
        ? made
        : made.portNamed(port.getName());
  }

  private HttpGatewayIntent admitted(String namespace, HttpGatewayIntent made) {
    if (made.path().gateway().isEmpty()) {
      return made;
    }
    EgressGateway gateway = made.path().gateway().get();
    return AdmissionReader.of(
            input, gateway.namespace(), ResourceNames.callersOf(gateway.name(), namespace))
        .about(made.host().name(), gateway.podPort(made.port().number()), "")
        .map(rule -> AdmissionReader.admitted(made, rule, Optional.empty()))
        .orElse(made);
  }

  /** Those behind a waypoint lie with it; whose they are its policy says. */
  private Proposal behind(Waypoint waypoint, Resource found, ServiceEntry entry) {
    TreeMap<String, List<EgressIntent>> said = new TreeMap<>();
    AdmissionReader policy = AdmissionReader.of(input, found.key().namespace(), found.key().name());
    for (ServicePort port : entry.getSpec().getPorts()) {
      SortedSet<String> namespaces = policy.namespaces(number(port));
      for (String namespace : namespaces) {
        HttpGatewayIntent made = sentence(found, entry, port, EgressPath.through(waypoint));
        made =
            policy
                .about(made.host().name(), number(port), namespace)
                .map(rule -> admittedAt(namespace, rule, port, found, entry, waypoint))
                .orElse(made);
        List<EgressIntent> there = said.computeIfAbsent(namespace, n -> new ArrayList<>());
        there.add(there.isEmpty() ? waypointName(made, found) : made);
      }
    }
    if (said.isEmpty()) {
      throw new IllegalArgumentException(
          "no AuthorizationPolicy %s says which namespaces call it through the waypoint"
              .formatted(found.key().name()));
    }
    return new Proposal(found, said);
  }

  private HttpGatewayIntent admittedAt(
      String namespace,
      io.fabric8.istio.api.api.security.v1beta1.Rule rule,
      ServicePort port,
      Resource found,
      ServiceEntry entry,
      Waypoint waypoint) {
    return AdmissionReader.admitted(
        sentence(found, entry, port, EgressPath.through(waypoint)),
        rule,
        Optional.of(Callers.namespace(namespace)));
  }

  private static HttpGatewayIntent waypointName(HttpGatewayIntent said, Resource found) {
    return found.key().name().equals(said.host().dashed()) ? said : said.named(found.key().name());
  }

  private Handling handling(
      ServiceEntry entry, ExternalHost host, String namespace, EgressPort port, EgressPath path) {
    Handling handling = Handling.none();
    List<String> addresses = entry.getSpec().getAddresses();
    if (addresses != null && !addresses.isEmpty()) {
      handling = handling.at(addresses);
    }
    if (host.isWildcard()) {
      boolean looked = entry.getSpec().getResolution() == ServiceEntryResolution.DYNAMIC_DNS;
      Optional<ExternalHost> serving =
          path.gateway().flatMap(gateway -> ways.serving(namespace, host, port.number()));
      handling =
          handling.served(
              looked
                  ? Serving.dynamicDns()
                  : serving.map(Serving::by).orElseGet(Serving::unresolved));
    }
    return handling;
  }

  private Optional<HTTPRoute> callers(String namespace, EgressIntent said) {
    return leg(namespace, said, true);
  }

  /** The route of the last proxy: the gateway's, a waypoint's only one, else the sidecar's. */
  private Optional<HTTPRoute> last(String namespace, EgressIntent said) {
    return leg(namespace, said, said.path().gateway().isEmpty());
  }

  private Optional<HTTPRoute> leg(String namespace, EgressIntent said, boolean mesh) {
    return input.legs(namespace, said.host().name()).stream()
        .filter(leg -> leg.isMesh() == mesh && leg.isFor(said.port().number()))
        .flatMap(leg -> leg.http().stream())
        .findFirst();
  }

  private static Origin origin(Resource found) {
    Optional<SourcePlace> place = found.source().place("");
    return place.map(where -> Origin.file(where.file(), where.line())).orElseGet(Origin::unknown);
  }

  private static int number(ServicePort port) {
    return port.getNumber() == null ? 0 : Math.toIntExact(port.getNumber());
  }

  private static DeclaredProtocol protocol(ServicePort port) {
    String word = String.valueOf(port.getProtocol()).toUpperCase(Locale.ROOT);
    return Arrays.stream(DeclaredProtocol.values())
        .filter(one -> one.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "protocol %s of port %s is none that a sentence has"
                        .formatted(port.getProtocol(), port.getNumber())));
  }
}
