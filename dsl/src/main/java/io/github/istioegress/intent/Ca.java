package io.github.istioegress.intent;

/**
 * The authorities that a proxy trusts when it originates TLS ({@code tls.caCertificates}).
 *
 * @param caCertificates {@code system}, or the path of a file in the proxy's container
 */
public record Ca(String caCertificates) {

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException when it is neither {@code system} nor an absolute path
   */
  public Ca {
    if (!caCertificates.equals("system") && !caCertificates.matches("/[^\\s]*[^\\s/]")) {
      throw new IllegalArgumentException(
          "CA file '%s' is no absolute path in the proxy's container: write /etc/certs/ca.pem"
              .formatted(caCertificates));
    }
  }

  /** The authorities that the proxy's operating system trusts. */
  public static Ca system() {
    return new Ca("system");
  }

  /** The authorities in a file of the proxy's container. */
  public static Ca file(String path) {
    return new Ca(path);
  }

  @Override
  public String toString() {
    return caCertificates;
  }
}
