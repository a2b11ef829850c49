package io.github.istioegress.intent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The workload through which calls leave: name, namespace, labels and ports in one value, so that
 * no resource repeats them.
 *
 * @param name the name of its Service and Deployment
 * @param namespace the namespace in which its pods run
 * @param labels the pod labels by which a Gateway resource selects it
 * @param ports the ports of its Service, ordered by number; none where they are the listeners' own
 * @param flavor the APIs in which the way through it is written
 */
public record EgressGateway(
    String name,
    String namespace,
    Map<String, String> labels,
    List<GatewayPort> ports,
    GatewayFlavor flavor)
    implements EgressWay {

  /** The label that istiod gives to the pods of a Gateway, with its name. */
  private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

  /** What istiod appends to a Gateway's name for all it makes of it: the class. */
  private static final String CLASS = "-istio";

  /**
   * Checks names and orders labels and ports.
   *
   * @throws IllegalArgumentException when a name is not a DNS label, labels or ports are missing,
   *     or a port is given twice
   */
  public EgressGateway {
    Objects.requireNonNull(flavor, "flavor");
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

  /** A gateway whose pods somebody brings up. */
  EgressGateway(
      String name, String namespace, Map<String, String> labels, List<GatewayPort> ports) {
    this(name, namespace, labels, ports, GatewayFlavor.ISTIO_API);
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

  /**
   * Begins a gateway that istiod itself brings up, by the name of its Gateway resource in the
   * Gateway API. Service and service account are then named {@code NAME-istio}, and every port that
   * a sentence says is the gateway's.
   */
  public static Listening gatewayApi(String name) {
    return new Listening(name);
  }

  /**
   * A gateway of the Gateway API whose namespace is still to be said.
   *
   * @param name the name of its Gateway
   */
  public record Listening(String name) {
    /**
     * Says in which namespace the Gateway lies and istiod brings it up.
     *
     * @throws IllegalArgumentException when one of the names is not valid
     */
    public EgressGateway in(String namespace) {
      Names.checkLabel("egress gateway", name);
      return new EgressGateway(
          name + CLASS,
          namespace,
          Map.of(GATEWAY_NAME, name),
          List.of(),
          GatewayFlavor.GATEWAY_API);
    }
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

  /**
   * The same with one more pod label to select by.
   *
   * @throws IllegalArgumentException when istiod brings it up, which labels the pods
   */
  public EgressGateway labelled(String key, String value) {
    refuseWhereDerived("labelled(\"%s\", \"%s\")".formatted(key, value), "labels");
    TreeMap<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return new EgressGateway(name, namespace, more, ports, flavor);
  }

  /**
   * The same with one more port of its Service.
   *
   * @throws IllegalArgumentException when a number is out of range, the port is there already, or
   *     the ports are the listeners' own
   */
  public EgressGateway port(int port, int targetPort) {
    refuseWhereDerived("port(%s, %s)".formatted(port, targetPort), "ports");
    List<GatewayPort> more =
        Stream.concat(ports.stream(), Stream.of(new GatewayPort(port, targetPort))).toList();
    return new EgressGateway(name, namespace, labels, new ArrayList<>(more), flavor);
  }

  private void refuseWhereDerived(String word, String what) {
    if (flavor == GatewayFlavor.GATEWAY_API) {
      throw new IllegalArgumentException(
          "egress gateway %s needs no %s: istiod derives its %s from the Gateway; leave it out"
              .formatted(this, word, what));
    }
  }

  /** The way through it with mutual TLS of the mesh between sidecar and gateway. */
  public MutualHop overIstioMutualTls() {
    return new MutualHop(this);
  }

  /** The way through it with nothing around what the application sent; callers stay unknown. */
  public PlainHop plainHop() {
    return new PlainHop(this);
  }

  /** The way through it that goes on in the tunnel of a forward proxy outside (HTTP CONNECT). */
  public ProxiedGateway through(ForwardProxy proxy) {
    return new ProxiedGateway(this, GatewayHop.PLAIN, proxy);
  }

  /** The fully qualified name of its Service, which routes have as destination. */
  public String serviceHost() {
    return name + "." + namespace + ".svc.cluster.local";
  }

  /** True where its Service has this port, or gets it by a sentence that says it. */
  public boolean hasPort(int port) {
    return flavor == GatewayFlavor.GATEWAY_API || ports.stream().anyMatch(p -> p.port() == port);
  }

  /** The port of its pods behind a port of its Service. */
  public int podPort(int port) {
    return ports.stream()
        .filter(own -> own.port() == port)
        .findFirst()
        .map(GatewayPort::targetPort)
        .orElse(port);
  }

  /** The name of its Gateway in the Gateway API; its own where the API is Istio's. */
  public String gatewayName() {
    return flavor == GatewayFlavor.GATEWAY_API
        ? name.substring(0, name.length() - CLASS.length())
        : name;
  }

  /** From the sidecar to the gateway, and from there to the host. */
  @Override
  public EgressPath path() {
    return new EgressPath.ThroughGateway(this, GatewayHop.PLAIN, Optional.empty());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
