package io.github.istioegress.intent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How patient proxies are with a host.
 *
 * @param timeout the longest time for a call
 * @param retries how often the last proxy tries again
 * @param fault faults that the caller's sidecar makes
 * @param connections the most connections of the last proxy
 * @param connectTimeout the longest time for a connection to come about
 * @param ejection when the last proxy leaves an address alone
 * @param mirrors where the last proxy sends copies of requests
 */
public record TrafficPolicy(
    Optional<Duration> timeout,
    Optional<Retries> retries,
    Optional<Fault> fault,
    OptionalInt connections,
    Optional<Duration> connectTimeout,
    Optional<Ejection> ejection,
    List<Mirror> mirrors) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public TrafficPolicy {
    mirrors = List.copyOf(mirrors);
    timeout.ifPresent(time -> checkDuration("timeout", time));
    connectTimeout.ifPresent(time -> checkDuration("connectTimeout", time));
    if (connections.isPresent() && connections.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "connections(%s) lets nothing through: say 1 or more".formatted(connections.getAsInt()));
    }
  }

  static void checkDuration(String word, Duration time) {
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException(
          "%s(%s) is out of range: from a millisecond to a day".formatted(word, time));
    }
  }

  /** As Istio does by default. */
  public static TrafficPolicy none() {
    return new TrafficPolicy(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  TrafficPolicy timeout(Duration longest) {
    return new TrafficPolicy(
        Optional.of(longest), retries, fault, connections, connectTimeout, ejection, mirrors);
  }

  TrafficPolicy retries(Retries times) {
    return new TrafficPolicy(
        timeout, Optional.of(times), fault, connections, connectTimeout, ejection, mirrors);
  }

  TrafficPolicy fault(Fault made) {
    return new TrafficPolicy(
        timeout, retries, Optional.of(made), connections, connectTimeout, ejection, mirrors);
  }

  TrafficPolicy connections(int most) {
    return new TrafficPolicy(
        timeout, retries, fault, OptionalInt.of(most), connectTimeout, ejection, mirrors);
  }

  TrafficPolicy connectTimeout(Duration longest) {
    return new TrafficPolicy(
        timeout, retries, fault, connections, Optional.of(longest), ejection, mirrors);
  }

  TrafficPolicy ejection(Ejection after) {
    return new TrafficPolicy(
        timeout, retries, fault, connections, connectTimeout, Optional.of(after), mirrors);
  }

  TrafficPolicy mirrored(Mirror more) {
    return new TrafficPolicy(
        timeout,
        retries,
        fault,
        connections,
        connectTimeout,
        ejection,
        Stream.concat(mirrors.stream(), Stream.of(more)).toList());
  }

  /** True where routes have to say something. */
  public boolean isOfRoutes() {
    return timeout.isPresent() || retries.isPresent() || fault.isPresent() || !mirrors.isEmpty();
  }

  /** True where the rule for the host has to say something. */
  public boolean isOfConnections() {
    return connections.isPresent() || connectTimeout.isPresent() || ejection.isPresent();
  }

  /** The words of the language for it. */
  @Override
  public String toString() {
    return timeout.map(time -> ".timeout(" + time + ")").orElse("")
        + retries.map(times -> "." + times).orElse("")
        + fault.map(made -> ".fault(" + made + ")").orElse("")
        + mirrors.stream().map(mirror -> "." + mirror).collect(Collectors.joining())
        + (connections.isPresent() ? ".connections(" + connections.getAsInt() + ")" : "")
        + connectTimeout.map(time -> ".connectTimeout(" + time + ")").orElse("")
        + ejection.map(after -> ".ejectAfter(" + after + ")").orElse("");
  }
}
