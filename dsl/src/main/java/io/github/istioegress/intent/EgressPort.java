package io.github.istioegress.intent;

import java.util.Objects;

/**
 * A port of an outside host and what is spoken there.
 *
 * @param number the port number, 1 to 65535
 * @param protocol what the application speaks
 */
public record EgressPort(int number, PortProtocol protocol) implements Comparable<EgressPort> {

  // One of each, for thousands of sentences have them.
  private static final EgressPort HTTP_80 = new EgressPort(80, PortProtocol.HTTP);
  private static final EgressPort TLS_443 = new EgressPort(443, PortProtocol.TLS);

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when it is out of range or reserved by the sidecar
   */
  public EgressPort {
    Objects.requireNonNull(protocol, "protocol");
    checkNumber(number);
    if (number >= 15000 && number <= 15090) {
      throw new IllegalArgumentException(
          "port "
              + number
              + " is reserved by Istio's proxy (15000 to 15090): calls to it are not"
              + " routed; use another port");
    }
  }

  /**
   * What a bare port number means: 80 is HTTP, 443 is TLS.
   *
   * @throws IllegalArgumentException for any other number, which does not say its protocol
   */
  public static EgressPort guess(int number) {
    checkNumber(number);
    return switch (number) {
      case 80 -> HTTP_80;
      case 443 -> TLS_443;
      default ->
          throw new IllegalArgumentException(
              "port "
                  + number
                  + " does not say what is spoken there: write http("
                  + number
                  + ") or tls("
                  + number
                  + "); only 80 and 443 go without saying");
    };
  }

  /** Its name where nobody gives it one: {@code http}, or {@code tls-8443} where unusual. */
  public String name() {
    boolean usual =
        (protocol == PortProtocol.HTTP && number == 80)
            || (protocol == PortProtocol.TLS && number == 443);
    return usual ? protocol.word() : protocol.word() + "-" + number;
  }

  static void checkNumber(int number) {
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("port " + number + " is out of range: use 1 to 65535");
    }
  }

  @Override
  public int compareTo(EgressPort other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return protocol.word() + "(" + number + ")";
  }
}
