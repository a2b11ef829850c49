package io.github.istioegress.intent;

/** What does not fit together in one sentence, though its types allow it. */
final class SentenceCheck {

  private SentenceCheck() {}

  /**
   * Checks a sentence.
   *
   * @throws IllegalArgumentException when its words do not fit each other
   */
  static void check(Sentence said) {
    checkGatewayPort(said.host(), said.port(), said.path());
    checkWildcard(said.host(), said.port(), said.path(), said.handling());
    checkRange(said.host(), said.port(), said.path(), said.handling());
    checkAuthorities(said);
    checkAnswering(said);
    checkForwardProxy(said);
    checkPolicy(said);
    MirrorCheck.check(said);
    checkAdmission(said);
    GatewayApiCheck.check(said);
    WaypointCheck.check(said);
    if (said.declaredProtocol().isPresent()
        && said.declaredProtocol().get().meaning() != said.port().protocol()) {
      throw new IllegalArgumentException(
          said.host()
              + " "
              + said.port()
              + " cannot be declared as "
              + said.declaredProtocol().get()
              + ": that means "
              + said.declaredProtocol().get().meaning().word()
              + " at the pod");
    }
  }

  private static void checkAuthorities(Sentence said) {
    boolean configMap =
        said.handling().origination().flatMap(tls -> tls.ca().inConfigMap()).isPresent();
    if (configMap && said.path().gateway().isEmpty() && said.path().waypoint().isEmpty()) {
      throw new IllegalArgumentException(
          "%s %s trusts a ConfigMap and leaves directly: a sidecar would send plaintext; say via(gateway), or Ca.file"
              .formatted(said.host(), said.port()));
    }
  }

  private static void checkForwardProxy(Sentence said) {
    if (said.path().forwardProxy().isEmpty()) {
      return;
    }
    if (said.port().protocol().isReadable()) {
      throw new IllegalArgumentException(
          "%s %s.%s: Istio opens tunnels for bytes and TLS of the application, not for HTTP that it reads; say direct() or a gateway"
              .formatted(said.host(), said.port(), said.path()));
    }
    if (said.host().isWildcard() || said.handling().answering().isPresent()) {
      throw new IllegalArgumentException(
          "%s %s.%s: a tunnel leads to one host; say it of each host"
              .formatted(said.host(), said.port(), said.path()));
    }
  }

  private static void checkAnswering(Sentence said) {
    said.handling()
        .answering()
        .ifPresent(
            how -> {
              if (how.host().equals(said.host())) {
                throw new IllegalArgumentException(
                    "%s.%s names the called host itself: name another one, or leave the word out"
                        .formatted(said.host(), how));
              }
              boolean readable = said.port().protocol().isReadable();
              boolean renames = how.match(other -> true, canary -> false, failover -> false);
              if (said.port().protocol() == PortProtocol.TCP || (renames && !readable)) {
                throw new IllegalArgumentException(
                    "%s.%s.%s: no proxy reads these calls, so none can call the other host by its name"
                        .formatted(said.host(), how, said.port()));
              }
            });
  }

  /** A route and a rule name the host they are for. */
  private static void checkPolicy(Sentence said) {
    TrafficPolicy policy = said.policy();
    if (policy.equals(TrafficPolicy.none())) {
      return;
    }
    if (said.host().isWildcard()) {
      throw new IllegalArgumentException(
          "%s %s%s: a wildcard stands for many hosts, and Istio sets this for one; say it of each host"
              .formatted(said.host(), said.port(), policy));
    }
    boolean readable = said.port().protocol().isReadable();
    if (policy.isOfRoutes() && !readable) {
      throw new IllegalArgumentException(
          "%s %s%s: no proxy reads these calls; only http, http2 and grpc have timeouts, retries, faults and mirrors"
              .formatted(said.host(), said.port(), policy));
    }
    if (!readable
        && policy
            .ejection()
            .filter(after -> after.counted() == Ejection.Counted.FIVE_XX)
            .isPresent()) {
      throw new IllegalArgumentException(
          "%s %s%s: no proxy reads the answers; say consecutiveGatewayErrors, which counts failed connections"
              .formatted(said.host(), said.port(), policy));
    }
  }

  private static void checkAdmission(Sentence said) {
    Admission admission = said.admission();
    if (!admission.isRestricted()) {
      return;
    }
    if (said.path().gateway().isEmpty() && said.path().waypoint().isEmpty()) {
      throw new IllegalArgumentException(
          "%s %s%s leaves directly, and no policy holds at a sidecar's way out; say via(gateway)"
              .formatted(said.host(), said.port(), admission));
    }
    if (!admission.requests().isEmpty() && !said.port().protocol().isReadable()) {
      throw new IllegalArgumentException(
          "%s %s%s: the proxy on the way cannot read these calls; only http, http2 and grpc have methods and paths"
              .formatted(said.host(), said.port(), admission));
    }
  }

  private static void checkGatewayPort(ExternalHost host, EgressPort port, EgressPath path) {
    path.gateway()
        .filter(gateway -> !gateway.hasPort(port.number()))
        .ifPresent(
            gateway -> {
              throw new IllegalArgumentException(
                  host
                      + " "
                      + port
                      + " cannot go via "
                      + gateway
                      + ": its Service has the ports "
                      + gateway.ports().stream().map(GatewayPort::port).toList()
                      + "; add port("
                      + port.number()
                      + ", <pod port>) to the gateway");
            });
  }

  private static void checkWildcard(
      ExternalHost host, EgressPort port, EgressPath path, Handling handling) {
    if (host.isWildcard() != handling.serving().isPresent()) {
      throw new IllegalArgumentException(
          host.isWildcard()
              ? "host '%s' is a wildcard: say toAnyOf, and how its hosts are found".formatted(host)
              : "host '%s' is no wildcard: say to".formatted(host));
    }
    boolean readable = port.protocol().isReadable();
    boolean found =
        handling
            .serving()
            .map(how -> how.match(by -> true, () -> false, () -> readable))
            .orElse(true);
    if (!found && path.gateway().isPresent()) {
      throw new IllegalArgumentException(
          "%s cannot go via %s: the gateway cannot find the host of a call; say servedBy, dynamicDns of http, or direct()"
              .formatted(host, path.gateway().get()));
    }
    if (host.isWildcard() && path.hop() == GatewayHop.ISTIO_MUTUAL) {
      throw new IllegalArgumentException(
          "%s cannot go over Istio mutual TLS: the hop has one SNI, a wildcard has many hosts"
              .formatted(host));
    }
  }

  private static void checkRange(
      ExternalHost host, EgressPort port, EgressPath path, Handling handling) {
    if (handling.isRange() && path.gateway().isPresent()) {
      throw new IllegalArgumentException(
          "%s %s at %s cannot go via %s: the gateway cannot tell which address of a range was dialled; name single addresses, or say direct()"
              .formatted(host, port, handling.addresses(), path.gateway().get()));
    }
  }
}
