package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The egress gateways that routes lead to, each by the name of its Service. */
final class FoundGateways {

  private static final Pattern SERVICE =
      Pattern.compile("([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc\\.cluster\\.local");

  /** The pod ports of Istio's own gateway, which many copy. */
  private static final Map<Integer, Integer> USUAL = Map.of(80, 8080, 443, 8443);

  private final InputSet input;
  private final Map<String, EgressGateway> byService = new HashMap<>();

  FoundGateways(InputSet input) {
    this.input = input;
    Map<String, TreeSet<Integer>> ports = new TreeMap<>();
    for (FoundLeg leg : input.legs()) {
      if (leg.isMesh()) {
        for (Destination to : leg.destinations()) {
          if (to.getHost() != null && SERVICE.matcher(to.getHost()).matches()) {
            TreeSet<Integer> used = ports.computeIfAbsent(to.getHost(), host -> new TreeSet<>());
            if (to.getPort() != null && to.getPort().getNumber() != null) {
              used.add(Math.toIntExact(to.getPort().getNumber()));
            }
          }
        }
      }
    }
    ports.forEach((host, used) -> read(host, used));
    kubernetes();
  }

  /** The gateway behind the host of a Service; empty where nothing says which pods it has. */
  Optional<EgressGateway> behind(String serviceHost) {
    return Optional.ofNullable(byService.get(serviceHost));
  }

  /** All that were found. */
  java.util.Collection<EgressGateway> all() {
    return new TreeMap<>(byService).values();
  }

  /** True where a namespace's calls leave through no other gateway of its name. */
  boolean isAlone(String namespace, EgressGateway gateway) {
    return input.legs().stream()
            .filter(leg -> leg.isMesh())
            .filter(leg -> namespace.equals(leg.from().getMetadata().getNamespace()))
            .flatMap(leg -> leg.destinations().stream())
            .flatMap(to -> behind(String.valueOf(to.getHost())).stream())
            .filter(other -> other.name().equals(gateway.name()))
            .distinct()
            .count()
        < 2;
  }

  private void read(String host, Set<Integer> said) {
    Matcher name = SERVICE.matcher(host);
    // A route that continues on another port is a worse hint than one on the same.
    Map<String, String> labels = labels(host, true);
    labels = labels.isEmpty() ? labels(host, false) : labels;
    if (!name.matches() || labels.isEmpty()) {
      return;
    }
    EgressGateway standard = EgressGateway.istioDefault();
    Map<Integer, Integer> ports = servicePorts(name.group(2), name.group(1));
    if (ports.isEmpty()) {
      ports = admittedPorts(host, name.group(2), name.group(1));
    }
    Map<Integer, Integer> known = ports;
    boolean usual =
        host.equals(standard.serviceHost())
            && labels.equals(standard.labels())
            && standard.ports().stream()
                .allMatch(
                    port ->
                        known.getOrDefault(port.port(), port.targetPort()) == port.targetPort());
    EgressGateway gateway = standard;
    if (!usual) {
      Map.Entry<String, String> first = new TreeMap<>(labels).firstEntry();
      gateway =
          EgressGateway.named(name.group(1))
              .in(name.group(2))
              .labelled(first.getKey(), first.getValue());
      for (Map.Entry<String, String> label :
          new TreeMap<>(labels).tailMap(first.getKey(), false).entrySet()) {
        gateway = gateway.labelled(label.getKey(), label.getValue());
      }
    }
    TreeSet<Integer> used = new TreeSet<>(said);
    used.addAll(ports.keySet());
    for (int port : used) {
      if (!gateway.hasPort(port)) {
        gateway =
            gateway.port(
                port, ports.getOrDefault(port, usual ? port : USUAL.getOrDefault(port, port)));
      }
    }
    byService.put(host, gateway);
  }

  /** Its pods' labels: the selector of a Gateway to which a route binds that continues there. */
  private Map<String, String> labels(String serviceHost, boolean samePort) {
    return input.legs().stream()
        .filter(leg -> leg.isMesh() && leadsTo(leg, serviceHost))
        .flatMap(
            leg ->
                leg.from().getSpec().getHosts().stream()
                    .flatMap(
                        host -> input.legs(leg.from().getMetadata().getNamespace(), host).stream())
                    .filter(other -> !samePort || other.port().equals(leg.port())))
        .flatMap(
            other ->
                other.gateways().stream()
                    .filter(gateway -> !gateway.equals("mesh"))
                    .flatMap(
                        gateway ->
                            input
                                .gateway(other.from().getMetadata().getNamespace(), gateway)
                                .stream()))
        .map(Gateway::getSpec)
        .filter(java.util.Objects::nonNull)
        .map(spec -> spec.getSelector() == null ? Map.<String, String>of() : spec.getSelector())
        .filter(labels -> !labels.isEmpty())
        .findFirst()
        .orElse(Map.of());
  }

  private static boolean leadsTo(FoundLeg leg, String serviceHost) {
    return leg.destinations().stream().anyMatch(to -> serviceHost.equals(to.getHost()));
  }

  /** A policy at a gateway's pods names their ports, host by host. */
  private Map<Integer, Integer> admittedPorts(String service, String namespace, String name) {
    Map<Integer, Integer> ports = new TreeMap<>();
    for (FoundLeg leg : input.legs()) {
      if (leg.isMesh() && leadsTo(leg, service)) {
        String callers = leg.from().getMetadata().getNamespace();
        String policy = ResourceNames.callersOf(name, callers);
        for (String host : leg.from().getSpec().getHosts()) {
          AdmissionReader rules = AdmissionReader.of(input, namespace, policy);
          for (boolean http : new boolean[] {true, false}) {
            List<Integer> dialled = dialled(callers, host, service, http);
            List<Integer> there = List.copyOf(rules.ports(host, http));
            // Ports in order are a guess, which the policy itself proves or does not.
            for (int i = 0; i < dialled.size() && dialled.size() == there.size(); i++) {
              ports.putIfAbsent(dialled.get(i), there.get(i));
            }
          }
        }
      }
    }
    return ports;
  }

  private List<Integer> dialled(String namespace, String host, String service, boolean http) {
    return input.legs(namespace, host).stream()
        .filter(leg -> leg.isMesh() && leadsTo(leg, service) && leg.http().isPresent() == http)
        .flatMap(leg -> leg.port().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private Map<Integer, Integer> servicePorts(String namespace, String name) {
    Map<Integer, Integer> ports = new TreeMap<>();
    input
        .resources()
        .find(ResourceKind.SERVICE.key(namespace, name))
        .map(Resource::object)
        .filter(Service.class::isInstance)
        .map(Service.class::cast)
        .ifPresent(
            service -> {
              for (ServicePort port : service.getSpec().getPorts()) {
                boolean number =
                    port.getTargetPort() != null && port.getTargetPort().getIntVal() != null;
                int target = number ? port.getTargetPort().getIntVal() : port.getPort();
                ports.put(port.getPort(), target);
              }
            });
    return ports;
  }

  /** Those of the Gateway API; their waypoints are found by the entries that name them. */
  private void kubernetes() {
    for (Resource found : input.resources().of(ResourceKind.KUBERNETES_GATEWAY)) {
      if (found.object() instanceof io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway gateway
          && gateway.getSpec() != null
          && "istio".equals(gateway.getSpec().getGatewayClassName())) {
        EgressGateway made =
            EgressGateway.gatewayApi(found.key().name()).in(found.key().namespace());
        byService.put(made.serviceHost(), made);
      }
    }
  }
}
