package io.github.istioegress.expansion.names;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamedObject;
import io.github.istioegress.intent.NamespaceEgress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names derived where the user gave none; stable, and within the limits of Kubernetes. */
public final class ResourceNames {

  /** The label by which endpoints of one entry are told apart. */
  public static final String HOST = "host";

  private static final int LABEL = 63;

  private ResourceNames() {}

  /** The base name of a host's resources: a DNS label, shortened with a hash where too long. */
  public static String base(String dashedHost) {
    return label(dashedHost);
  }

  /** The base name of a host's resources: that of its ServiceEntry. */
  public static String of(HostEgress host) {
    return host.name(NamedObject.SERVICE_ENTRY).orElseGet(() -> base(host.host().dashed()));
  }

  /** The gateway's own name, told apart from one of the same name in another namespace. */
  public static String ofGateway(NamespaceEgress said, EgressGateway gateway) {
    boolean alone =
        said.gateways().stream().filter(other -> other.name().equals(gateway.name())).count() == 1;
    return alone ? gateway.name() : gateway.name() + "-" + gateway.namespace();
  }

  /** A name that is a DNS label, such as that of a port, whatever it is made of. */
  public static String portName(String name) {
    return label(name);
  }

  /** The callers' leg of a way through a gateway of the Gateway API. */
  public static String routeTo(String gateway, String base, int port) {
    return base + "-" + port + "-to-" + gateway;
  }

  /** The gateway's leg of it. */
  public static String routeFrom(String gateway, String base, int port) {
    return base + "-" + port + "-from-" + gateway;
  }

  /** A subset is a DNS label, while a resource name may have dots. */
  public static String subset(String base) {
    return label(base.replace('.', '-'));
  }

  /** The value of the label {@link #HOST}, and the subset that selects it. */
  public static String hostLabel(ExternalHost host) {
    return label(host.dashed());
  }

  /** As Istio's documentation names the route through the gateway. */
  public static String virtualService(String base) {
    return "direct-" + base + "-through-egress-gateway";
  }

  /** The gateway's leg of it, where that is a resource of its own. */
  public static String gatewayVirtualService(String base) {
    return "direct-" + base + "-from-egress-gateway";
  }

  /** The gateway's leg beside a VirtualService of the user's own name. */
  public static String gatewayLegOf(String name) {
    return name + "-from-egress-gateway";
  }

  /** The route to a host that no gateway is on the way to. */
  public static String directVirtualService(String base) {
    return "direct-" + base;
  }

  /** The Gateway with the servers that end mutual TLS of the mesh for a host of many. */
  public static String sharedHost(String gateway, String dashedHost) {
    return label(gateway + "-" + base(dashedHost));
  }

  /** The route into a tunnel through a forward proxy. */
  public static String tunnelVirtualService(String base) {
    return base + "-through-forward-proxy";
  }

  /** The rule with the tunnels through a forward proxy. */
  public static String tunnels(String dashedHost) {
    return "tunnels-through-" + base(dashedHost);
  }

  /** The policy that says who may call through a gateway. */
  public static String callersOf(String gateway) {
    return "callers-of-" + gateway;
  }

  /** The policy that says what the callers of a namespace may call through it. */
  public static String callersOf(String gateway, String namespace) {
    return label(callersOf(gateway) + "-from-" + namespace);
  }

  /** The rule for connections to a host where no TLS is originated. */
  public static String connections(String dashedHost) {
    return "connections-to-" + base(dashedHost);
  }

  /** The rule that originates TLS to a host. */
  public static String outsideRule(String dashedHost) {
    return "originate-tls-for-" + base(dashedHost);
  }

  /** The entry of the host that serves a wildcard. */
  public static String servingHost(String base) {
    return base + "-served-by";
  }

  private static String label(String name) {
    if (name.length() <= LABEL) {
      return name;
    }
    // Two long hosts that begin alike must not become one name.
    String hash = hash(name).substring(0, 10);
    return name.substring(0, LABEL - hash.length() - 1) + "-" + hash;
  }

  private static String hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
