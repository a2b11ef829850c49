package io.github.istioegress.intent;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * TLS that the last proxy on the way begins, because the application speaks plaintext. It always
 * verifies the server: authorities, names and SNI are written out.
 *
 * @param toPort the port outside on which TLS is spoken
 * @param ca the authorities trusted; those in the secret where a client certificate is shown
 * @param subjectAltNames the names that the server's certificate must have; empty for the host
 * @param clientCertificate the secret of the client certificate; empty for none
 * @param only the pods whose sidecars do it; empty for all, or for a gateway
 */
public record TlsOrigination(
    int toPort,
    Ca ca,
    List<String> subjectAltNames,
    Optional<String> clientCertificate,
    Optional<Pods> only) {

  /**
   * Checks port and names.
   *
   * @throws IllegalArgumentException when one is not valid
   */
  public TlsOrigination {
    EgressPort.checkNumber(toPort);
    Objects.requireNonNull(ca, "ca");
    subjectAltNames = subjectAltNames.stream().map(name -> new ExternalHost(name).name()).toList();
    clientCertificate.ifPresent(secret -> Names.checkResourceName("client certificate", secret));
  }

  /** To port 443, trusting the system's authorities, without a client certificate. */
  public static TlsOrigination standard() {
    return new TlsOrigination(443, Ca.system(), List.of(), Optional.empty(), Optional.empty());
  }

  /** The same to another port. */
  public TlsOrigination toPort(int port) {
    return new TlsOrigination(port, ca, subjectAltNames, clientCertificate, only);
  }

  /** The same trusting other authorities. */
  public TlsOrigination trusting(Ca other) {
    return new TlsOrigination(toPort, other, subjectAltNames, clientCertificate, only);
  }

  /** The same expecting these names in the server's certificate. */
  public TlsOrigination expecting(List<String> names) {
    return new TlsOrigination(toPort, ca, names, clientCertificate, only);
  }

  /** The same showing a client certificate. */
  public TlsOrigination showing(String secret) {
    return new TlsOrigination(toPort, ca, subjectAltNames, Optional.of(secret), only);
  }

  /** The same by the sidecars of some pods only. */
  public TlsOrigination onlyBy(Pods pods) {
    return new TlsOrigination(toPort, ca, subjectAltNames, clientCertificate, Optional.of(pods));
  }

  /** The words of the language for it, up to the way. */
  @Override
  public String toString() {
    return "originateTls()"
        + (toPort == 443 ? "" : ".toPort(" + toPort + ")")
        + (ca.equals(Ca.system()) ? "" : ".trusting(" + ca + ")")
        + (subjectAltNames.isEmpty()
            ? ""
            : ".san(\"" + String.join("\", \"", subjectAltNames) + "\")")
        + clientCertificate.map(secret -> ".clientCertificate(\"" + secret + "\")").orElse("");
  }
}
