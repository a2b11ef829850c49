package io.github.istioegress.intent;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What pods reach by their NetworkPolicy beyond what is declared. A NetworkPolicy knows addresses
 * and no names: a host that is called directly and looked up in DNS needs a word about addresses.
 *
 * @param neighbours whether pods of one namespace reach each other
 * @param unknown where hosts may lie that are called directly by name
 * @param addresses ranges in which such hosts lie besides, ordered
 */
public record NetworkReach(Neighbours neighbours, Unknown unknown, List<String> addresses) {

  /** Whether pods of one namespace reach each other. */
  public enum Neighbours {
    /** They do not. */
    CLOSED,
    /** They do, on every port. */
    OPEN
  }

  /** Where hosts may lie that are called directly by name. */
  public enum Unknown {
    /** Only where addresses are said. */
    NOWHERE,
    /** Anywhere in the internet, but not at private addresses, where the cluster itself lies. */
    PUBLIC
  }

  /**
   * Checks and orders the addresses.
   *
   * @throws IllegalArgumentException when one is no address or range, or cannot be outside
   */
  public NetworkReach {
    addresses = List.copyOf(new TreeSet<>(addresses));
    addresses.forEach(Handling::check);
  }

  /** What is declared, and no more. */
  public static NetworkReach declared() {
    return new NetworkReach(Neighbours.CLOSED, Unknown.NOWHERE, List.of());
  }

  /** The same, and pods of the namespace reach each other. */
  public NetworkReach withinNamespace() {
    return new NetworkReach(Neighbours.OPEN, unknown, addresses);
  }

  /**
   * The same, and hosts that are called directly by name may have any public address: the sidecar
   * alone then tells one host of a port from another.
   */
  public NetworkReach toPublicAddresses() {
    return new NetworkReach(neighbours, Unknown.PUBLIC, addresses);
  }

  /**
   * The same, and hosts that are called directly by name lie in these ranges, such as {@code
   * 10.20.0.0/16}.
   *
   * @throws IllegalArgumentException when one is no address or range, or cannot be outside
   */
  public NetworkReach toAddresses(String... ranges) {
    return new NetworkReach(
        neighbours, unknown, Stream.concat(addresses.stream(), Stream.of(ranges)).toList());
  }

  /** True where hosts that are called directly by name are reached at all. */
  public boolean reachesNames() {
    return unknown == Unknown.PUBLIC || !addresses.isEmpty();
  }
}
