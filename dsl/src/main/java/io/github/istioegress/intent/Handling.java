package io.github.istioegress.intent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a call is handled beyond host, port and way.
 *
 * @param origination the TLS that the last proxy begins; empty for none
 * @param addresses the addresses or ranges that the application dials; empty where the name decides
 * @param serving how the hosts of a wildcard are found; empty for a single host
 * @param answering which hosts answer; empty for the called host alone
 */
public record Handling(
    Optional<TlsOrigination> origination,
    List<String> addresses,
    Optional<Serving> serving,
    Optional<Answering> answering) {

  private static final Handling NONE =
      new Handling(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  private static final Pattern OCTETS =
      Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern GROUPS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");

  /**
   * Checks the addresses.
   *
   * @throws IllegalArgumentException when one is no address, or lies where no host outside can be
   */
  public Handling {
    addresses = List.copyOf(addresses);
    addresses.forEach(Handling::check);
  }

  /**
   * Checks an address or range of hosts outside.
   *
   * @throws IllegalArgumentException when it is none, or lies where no host outside can be
   */
  static void check(String said) {
    int slash = said.indexOf('/');
    InetAddress address = parsed(slash < 0 ? said : said.substring(0, slash)).orElse(null);
    if (address == null || (slash >= 0 && !isPrefix(said.substring(slash + 1), address))) {
      throw new IllegalArgumentException(
          "address '%s' is no IP address or range: write 10.1.2.3 or 10.1.0.0/16".formatted(said));
    }
    byte[] bytes = address.getAddress();
    boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
    boolean everything = said.endsWith("/0");
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || thisNetwork
        || everything) {
      throw new IllegalArgumentException(
          "address '%s' is loopback, link-local, multicast or unspecified: no host outside has it"
              .formatted(said));
    }
  }

  /** Reads a literal; nothing else, for a name would be looked up. */
  private static Optional<InetAddress> parsed(String address) {
    boolean literal = OCTETS.matcher(address).matches() || GROUPS.matcher(address).matches();
    try {
      return literal ? Optional.of(InetAddress.getByName(address)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean isPrefix(String length, InetAddress address) {
    return length.matches("\\d{1,3}")
        && Integer.parseInt(length) <= address.getAddress().length * 8;
  }

  /** Nothing beyond host, port and way. */
  public static Handling none() {
    return NONE;
  }

  /** The same with TLS begun by the last proxy. */
  public Handling originating(TlsOrigination tls) {
    return new Handling(Optional.of(tls), addresses, serving, answering);
  }

  /** The same at addresses. */
  public Handling at(List<String> dialled) {
    return new Handling(origination, dialled, serving, answering);
  }

  /** The same for a wildcard. */
  public Handling served(Serving how) {
    return new Handling(origination, addresses, Optional.of(how), answering);
  }

  /** The same answered by another host, too. */
  public Handling answered(Answering by) {
    return new Handling(origination, addresses, serving, Optional.of(by));
  }

  /** True where a share of the calls goes to a host of its own. */
  public boolean isSplit() {
    return answering
        .map(how -> how.match(other -> false, canary -> true, failover -> false))
        .orElse(false);
  }

  /** True where a second host stands by. */
  public boolean failsOver() {
    return answering
        .map(how -> how.match(other -> false, canary -> false, failover -> true))
        .orElse(false);
  }

  /** True where an application dials a range of addresses, not single ones. */
  public boolean isRange() {
    return addresses.stream().anyMatch(address -> address.contains("/"));
  }
}
