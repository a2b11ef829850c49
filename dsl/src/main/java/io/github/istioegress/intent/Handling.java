package io.github.istioegress.intent;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a call is handled beyond host, port and way.
 *
 * @param origination the TLS that the last proxy begins; empty for none
 * @param addresses the addresses or ranges that the application dials; empty where the name decides
 * @param serving how the hosts of a wildcard are found; empty for a single host
 */
public record Handling(
    Optional<TlsOrigination> origination, List<String> addresses, Optional<Serving> serving) {

  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|[0-9a-fA-F:]*:[0-9a-fA-F:]*(/\\d{1,3})?");

  /**
   * Checks the addresses.
   *
   * @throws IllegalArgumentException when one is no address, or lies where no host outside can be
   */
  public Handling {
    addresses = List.copyOf(addresses);
    addresses.forEach(Handling::check);
  }

  private static void check(String address) {
    boolean ranged = !address.contains("/") || prefix(address) >= 0;
    boolean octets =
        address.contains(":")
            || Pattern.compile("[./]")
                .splitAsStream(address)
                .limit(4)
                .allMatch(part -> part.length() < 4 && Integer.parseInt(part) < 256);
    if (!ADDRESS.matcher(address).matches() || !ranged || !octets) {
      throw new IllegalArgumentException(
          "address '%s' is no IP address or range: write 10.1.2.3 or 10.1.0.0/16"
              .formatted(address));
    }
    if (address.startsWith("127.")
        || address.startsWith("169.254.")
        || address.startsWith("0.")
        || address.equals("::1")) {
      throw new IllegalArgumentException(
          "address '%s' is loopback, link-local or unspecified: no host outside has it"
              .formatted(address));
    }
  }

  private static int prefix(String range) {
    int most = range.contains(":") ? 128 : 32;
    String said = range.substring(range.indexOf('/') + 1);
    int length = said.matches("\\d{1,3}") ? Integer.parseInt(said) : -1;
    return length <= most ? length : -1;
  }

  /** Nothing beyond host, port and way. */
  public static Handling none() {
    return new Handling(Optional.empty(), List.of(), Optional.empty());
  }

  /** The same with TLS begun by the last proxy. */
  public Handling originating(TlsOrigination tls) {
    return new Handling(Optional.of(tls), addresses, serving);
  }

  /** The same at addresses. */
  public Handling at(List<String> dialled) {
    return new Handling(origination, dialled, serving);
  }

  /** The same for a wildcard. */
  public Handling served(Serving how) {
    return new Handling(origination, addresses, Optional.of(how));
  }
}
