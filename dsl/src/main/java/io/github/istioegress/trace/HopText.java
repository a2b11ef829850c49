package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One hop in words, a line for each fact. */
final class HopText {

  private final Hop hop;
  private final Carried onward;
  private final Call call;
  private final Outcome end;

  /**
   * Prepares the words.
   *
   * @param hop the hop
   * @param onward what travels on from it
   * @param call the call
   * @param end how the call ends in it; EXTERNAL where it goes on
   */
  HopText(Hop hop, Carried onward, Call call, Outcome end) {
    this.hop = hop;
    this.onward = onward;
    this.call = call;
    this.end = end;
  }

  /** What the proxy does, a line for each fact. */
  List<String> facts() {
    if (hop.isZtunnel()) {
      return ztunnel();
    }
    List<String> lines = new ArrayList<>();
    lines.add(taken());
    if (!hop.cluster().isEmpty()) {
      lines.add(sent());
    }
    if (!hop.authority().isEmpty()) {
      lines.add("sends the Host " + hop.authority() + " instead of the one that came");
    }
    if (!hop.tunnel().isEmpty()) {
      lines.add("asks the forward proxy there for a tunnel to " + hop.tunnel() + " (HTTP CONNECT)");
    }
    if (!hop.failover().isEmpty()) {
      lines.add(
          "fails over to "
              + String.join(", ", hop.failover())
              + " as it ejects the addresses before");
    }
    // Nothing is said of TLS where nothing is sent on.
    if (!hop.discovery().isEmpty() && !hop.cluster().equals(ClusterName.BLACK_HOLE)) {
      lines.add(tls());
    }
    if (!hop.timeout().isEmpty() || hop.retries().isPresent()) {
      lines.add(patience());
    }
    hop.mirrors().forEach(copies -> lines.add(copies.toString()));
    return List.copyOf(lines);
  }

  /** A ztunnel opens nothing: it knows addresses, and whom it hands a connection to. */
  private List<String> ztunnel() {
    return List.of(
        hop.host().isEmpty()
            ? "knows no service at the address"
            : "knows the address as that of %s, port %s".formatted(hop.host(), hop.port()),
        hop.upstreamTls().mode() == UpstreamTls.Mode.NONE
            ? "hands it on without a waypoint"
            : "sends it to the service's waypoint in a tunnel (HBONE), which proves who calls");
  }

  /** The fields that decided it, each with what it did. */
  List<Reason> reasons() {
    return hop.decisions().stream().map(decision -> new Reason(why(decision), decision)).toList();
  }

  private String why(Decision decision) {
    if (decision.resource().kind().equals("AuthorizationPolicy")) {
      return switch (end) {
        case DENIED -> "refused by";
        case UNDETERMINED -> "decided by";
        default -> "allowed by";
      };
    }
    boolean undeclared =
        hop.virtualHost().equals("block_all") || hop.virtualHost().equals("allow_any");
    boolean policy = decision.resource().kind().equals("Sidecar");
    return undeclared && !policy ? "listens on the port for" : "decided by";
  }

  private String taken() {
    String who = isOnItsOwn() ? gatewayName(hop) + ": " : "";
    String listener = who + "listener " + hop.listener();
    return switch (hop.filter()) {
      case "http" -> listener + reads();
      case "tcp" -> listener + " takes the bytes without opening them";
      default -> listener + " has no filter chain for what arrives";
    };
  }

  /** True for a proxy that stands in no pod of the caller's. */
  private boolean isOnItsOwn() {
    return hop.gateway() || hop.isWaypoint();
  }

  private String reads() {
    if (hop.virtualHost().isEmpty()) {
      return " expects HTTP";
    }
    String reads = hop.endsTls() ? " ends TLS, reads HTTP" : " reads HTTP";
    String host = ", virtual host " + hop.virtualHost();
    return hop.cluster().isEmpty()
        ? reads + host + " answers"
        : reads + host + " has the route" + (hop.route().isEmpty() ? "" : " " + hop.route());
  }

  private String sent() {
    return switch (hop.cluster()) {
      case ClusterName.BLACK_HOLE -> "hands it to BlackHoleCluster, which closes every connection";
      case ClusterName.PASSTHROUGH -> "sends it on as dialled (PassthroughCluster)";
      default -> "sends it to cluster " + hop.cluster() + reached();
    };
  }

  private String reached() {
    return switch (hop.discovery()) {
      case "" -> ", which it does not have";
      case "EDS" -> ", whose endpoints istiod names (EDS)";
      case "STRICT_DNS", "LOGICAL_DNS" -> ", which it looks up in DNS (" + hop.discovery() + ")";
      case "ORIGINAL_DST" -> ", at the address that was dialled (ORIGINAL_DST)";
      case "DYNAMIC_DNS" -> ", and looks up the name that the call bears (DYNAMIC_DNS)";
      default -> " (" + hop.discovery() + ")";
    };
  }

  private String tls() {
    UpstreamTls tls = hop.upstreamTls();
    if (tls.mode() == UpstreamTls.Mode.NONE) {
      Optional<String> around = onward.proxy();
      if (around.isPresent()) {
        return "adds no TLS: that of the %s goes through unopened".formatted(around.get());
      }
      return switch (call.scheme()) {
        case HTTPS, TLS -> "adds no TLS: the application's own goes through unopened";
        case HTTP -> "adds no TLS: the request goes on in plain text";
        case TCP -> "adds no TLS: the bytes go on as they are";
      };
    }
    String sni = tls.sni().isEmpty() ? "" : ", SNI " + tls.sni();
    return "wraps it in TLS (%s%s)".formatted(tls.mode(), sni);
  }

  private String patience() {
    String time = hop.timeout().isEmpty() ? "sets no time" : "gives it " + hop.timeout();
    return time
        + hop.retries()
            .map(
                times ->
                    times == 0 ? ", never tries again" : ", tries again %s times".formatted(times))
            .orElse("");
  }

  static String gatewayName(Hop hop) {
    return hop.proxy().substring(hop.proxy().indexOf(' ') + 1);
  }

  /** The command that shows the same in a running mesh. */
  String command() {
    if (hop.isZtunnel()) {
      return "istioctl ztunnel-config services";
    }
    Optional<Decision> network =
        hop.decisions().stream()
            .filter(decision -> decision.resource().kind().equals("NetworkPolicy"))
            .findFirst();
    if (end == Outcome.DENIED && network.isPresent()) {
      return "kubectl describe networkpolicy %s -n %s"
          .formatted(network.get().resource().name(), network.get().resource().namespace());
    }
    if (end == Outcome.DENIED) {
      return "istioctl x authz check %s -n %s".formatted(pod(), namespace());
    }
    boolean lacksCluster = hop.discovery().isEmpty() && !hop.cluster().isEmpty();
    if (lacksCluster) {
      String of = hop.host().isEmpty() ? "" : " --fqdn " + hop.host();
      return proxyConfig("clusters", of);
    }
    String port = hop.listener().substring(hop.listener().lastIndexOf('_') + 1);
    boolean numbered = !port.isEmpty() && port.chars().allMatch(Character::isDigit);
    if (hop.filter().equals("http") && !hop.isWaypoint()) {
      return proxyConfig("routes", hop.gateway() ? "" : " --name " + port);
    }
    return proxyConfig("listeners", numbered ? " --port " + port : "");
  }

  private String proxyConfig(String what, String more) {
    return "istioctl proxy-config %s %s%s -n %s".formatted(what, pod(), more, namespace());
  }

  private String pod() {
    return isOnItsOwn() ? "deploy/" + gatewayName(hop).split("/", 2)[1] : "POD";
  }

  private String namespace() {
    return isOnItsOwn()
        ? gatewayName(hop).split("/", 2)[0]
        : hop.proxy().substring("sidecar ".length());
  }
}
