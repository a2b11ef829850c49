package io.github.istioegress.intent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The workload through which calls leave: name, namespace, labels and ports in one value, so that
 * no resource repeats them.
 *
 * @param name the name of its Service and Deployment
 * @param namespace the namespace in which its pods run
 * @param labels the pod labels by which a Gateway resource selects it
 * @param ports the ports of its Service, ordered by number
 */
public record EgressGateway(
    String name, String namespace, Map<String, String> labels, List<GatewayPort> ports) {

  /**
   * Checks names and orders labels and ports.
   *
   * @throws IllegalArgumentException when a name is not a DNS label, labels or ports are missing,
   *     or a port is given twice
   */
  public EgressGateway {
    Names.checkLabel("egress gateway", name);
    Names.checkLabel("namespace of egress gateway " + name, namespace);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    ports = ports.stream().sorted().toList();
    labels.forEach((key, value) -> Names.checkPodLabel("egress gateway " + name, key, value));
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "egress gateway " + name + " has no labels: without them every pod would be selected");
    }
    for (int i = 1; i < ports.size(); i++) {
      if (ports.get(i).port() == ports.get(i - 1).port()) {
        throw new IllegalArgumentException(
            "egress gateway " + name + " has port " + ports.get(i).port() + " twice: keep one");
      }
    }
  }

  /**
   * The gateway that Istio's installation brings: {@code istio-egressgateway} in {@code
   * istio-system}, label {@code istio: egressgateway}, ports 80 to 8080 and 443 to 8443.
   */
  public static EgressGateway istioDefault() {
    return named("istio-egressgateway")
        .in("istio-system")
        .labelled("istio", "egressgateway")
        .port(80, 8080)
        .port(443, 8443);
  }

  /** Begins a gateway of one's own, by the name of its Service. */
  public static Named named(String name) {
    return new Named(name);
  }

  /**
   * A gateway whose namespace is still to be said.
   *
   * @param name the name of its Service
   */
  public record Named(String name) {
    /** Says in which namespace the gateway's pods run. */
    public Placed in(String namespace) {
      return new Placed(name, namespace);
    }
  }

  /**
   * A gateway whose labels are still to be said.
   *
   * @param name the name of its Service
   * @param namespace the namespace of its pods
   */
  public record Placed(String name, String namespace) {
    /** Says the first pod label by which the gateway is selected. */
    public EgressGateway labelled(String key, String value) {
      return new EgressGateway(name, namespace, Map.of(key, value), List.of());
    }
  }

  /** The same with one more pod label to select by. */
  public EgressGateway labelled(String key, String value) {
    TreeMap<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return new EgressGateway(name, namespace, more, ports);
  }

  /**
   * The same with one more port of its Service.
   *
   * @throws IllegalArgumentException when a number is out of range or the port is there already
   */
  public EgressGateway port(int port, int targetPort) {
    List<GatewayPort> more =
        Stream.concat(ports.stream(), Stream.of(new GatewayPort(port, targetPort))).toList();
    return new EgressGateway(name, namespace, labels, new ArrayList<>(more));
  }

  /** The way through it with mutual TLS of the mesh between sidecar and gateway. */
  public MutualHop overIstioMutualTls() {
    return new MutualHop(this);
  }

  /** The way through it with nothing around what the application sent; callers stay unknown. */
  public PlainHop plainHop() {
    return new PlainHop(this);
  }

  /** The fully qualified name of its Service, which routes have as destination. */
  public String serviceHost() {
    return name + "." + namespace + ".svc.cluster.local";
  }

  /** True where its Service has this port. */
  public boolean hasPort(int port) {
    return ports.stream().anyMatch(p -> p.port() == port);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
