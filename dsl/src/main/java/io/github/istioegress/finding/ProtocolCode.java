package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 2xx: protocols, ports and TLS that do not fit. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum ProtocolCode implements FindingCode {
  /** A route at a gateway is of a kind that its server does not take. */
  ROUTE_KIND_DOES_NOT_FIT(
      error(
          "EGR201",
          "route kind does not fit the server",
          "%s has %s routes for port %s of %s, a server with %s: the server takes %s routes and has"
              + " none, so that calls there are refused or end with 404",
          "Write the route below %6$s, or make the server one that takes %2$s routes")),

  /** A server ends TLS without a certificate. */
  SERVER_WITHOUT_CERTIFICATE(
      error(
              "EGR202",
              "server without certificate",
              "%s ends TLS on port %s with mode %s and names no certificate: Istio refuses the"
                  + " Gateway, and nothing listens",
              "Name a credentialName, or use ISTIO_MUTUAL where the callers have sidecars")
          .like("IST0106")),

  /** A proxy begins TLS around TLS of the application. */
  TLS_WITHIN_TLS(
      error(
          "EGR203",
          "TLS within TLS",
          "%s begins TLS of mode %s to port %s of %s, where applications speak TLS themselves: the"
              + " server gets TLS within TLS and ends the connection",
          "%5$s")),

  /** Plain HTTP goes to a port of TLS. */
  PLAINTEXT_TO_TLS_PORT(
      error(
          "EGR204",
          "plain text to a port of TLS",
          "%s %s to port %s of %s: the server answers 400, and anybody on the way can read it",
          "%5$s")),

  /** TLS is begun without authorities. */
  NO_AUTHORITIES(
      warning(
              "EGR205",
              "TLS without authorities",
              "%s begins TLS of mode %s to %s and says neither caCertificates nor a credential: %s",
              "Say caCertificates, system for the authorities of the system")
          .like("IST0128", "IST0129")),

  /** The certificate of the server is not looked at. */
  VERIFICATION_OFF(
      error(
          "EGR206",
          "verification turned off",
          "%s begins TLS to %s with insecureSkipVerify: the proxy takes any certificate, and anybody"
              + " on the way can answer in the server's name",
          "Leave insecureSkipVerify out, and say caCertificates and subjectAltNames")),

  /** TLS is begun without a server name. */
  NO_SNI(
      warning(
          "EGR207",
          "TLS without server name",
          "%s begins TLS of mode %s to %s and says no sni: %s",
          "Say sni, and subjectAltNames with it")),

  /** TLS is begun without names that the certificate must have. */
  NO_SUBJECT_ALT_NAMES(
      warning(
          "EGR208",
          "TLS without names of the certificate",
          "%s begins TLS of mode %s to %s and says no subjectAltNames: %s, and any certificate of a"
              + " trusted authority will do",
          "Say subjectAltNames with the name of the server")),

  /** The port of TLS is declared as plain HTTP. */
  HTTP_ON_TLS_PORT(
      error(
          "EGR209",
          "HTTP declared on the port of TLS",
          "%s declares protocol %s for port 443 of %s: %s TLS of applications is not recognized, so"
              + " that it is refused or passes undeclared",
          "Declare TLS for port 443; for TLS that a proxy begins declare port 80 with targetPort"
              + " 443")),

  /** One port of a host has two protocols. */
  PROTOCOLS_DIFFER(
      error(
              "EGR210",
              "one port with two protocols",
              "%s declares port %s of %s as %s, and %s declares it as %s: proxies that see both take"
                  + " one of them, and calls as the other says are refused or pass undeclared",
              "Declare the port once, or with one protocol")
          .like("IST0177", "KIA1212")),

  /** A port of bytes is heard at all addresses. */
  PORT_WITHOUT_ADDRESS(
      warning(
              "EGR211",
              "port without address",
              "%s declares port %s with %s and no address for %s: the sidecars hear it at all"
                  + " addresses. The host %s",
              "Say the addresses of the host, or declare TLS where applications speak it")
          .like("IST0134")),

  /** A wildcard is to be looked up. */
  WILDCARD_BY_DNS(
      error(
              "EGR212",
              "wildcard with resolution DNS",
              "%s declares %s with resolution %s and no endpoints: there is no name to look up, and"
                  + " Istio refuses it",
              "Use resolution NONE for calls straight from sidecars or DYNAMIC_DNS from 1.30 on, or"
                  + " give an endpoint that serves all its names")
          .like("IST0106")),

  /** A range of addresses goes with a name that is looked up. */
  RANGE_BY_DNS(
      error(
              "EGR213",
              "range of addresses with resolution DNS",
              "%s gives the range %s with resolution %s: Istio refuses it",
              "Use resolution NONE or STATIC, or single addresses without a slash")
          .like("IST0106")),

  /** Sidecar and gateway do not agree on TLS between them. */
  GATEWAY_TLS_MISMATCH(
      error(
          "EGR214",
          "TLS towards the gateway does not fit",
          "%s expects %3$s on port %2$s, but %4$s: the connection between sidecar and gateway, or"
              + " the one behind it, fails",
          "%5$s")),

  /** The server name is of no server. */
  SNI_OF_NO_SERVER(
      error(
          "EGR215",
          "server name of no server",
          "%s begins TLS to port %3$s of %4$s %6$s%2$s, and the servers there have the hosts %5$s:"
              + " the gateway closes the connection",
          "Say sni with a host of the server, %7$s")),

  /** A match names what the VirtualService is not for. */
  SNI_HOST_OF_NO_HOST(
      error(
              "EGR216",
              "server name that the hosts do not cover",
              "%s matches the server name %s, and its hosts are %s: Istio refuses it",
              "Add %2$s to hosts, or match one of them")
          .like("IST0106")),

  /** TLS begun twice, or for a port that is not there. */
  TLS_BEGUN_TWICE(warning("EGR217", "TLS begun twice, or for no port", "%s %s", "%3$s")),

  /** A port leaves its protocol to detection. */
  PORT_SAYS_NO_PROTOCOL(
      warning(
              "EGR218",
              "protocol left to detection",
              "%s has port %s with %s, which says no protocol: sidecars find it out from the first"
                  + " bytes, and where the server speaks first the call hangs",
              "Begin the name with the protocol, http- or tcp-, or say appProtocol")
          .like("IST0118", "KIA0601", "KIA0602")),

  /** A server takes broken TLS, or names unknown ciphers. */
  WEAK_TLS(
      error("EGR219", "weak TLS or unknown ciphers", "%s, port %s, has %s: %s", "%5$s")
          .like("IST0133")),

  /** One certificate for hosts of several Gateways. */
  CERTIFICATE_SHARED(
      error(
              "EGR220",
              "one certificate in several Gateways",
              "%s shows certificate %s on port %s, and so does %s for other hosts: clients of HTTP/2"
                  + " use one connection for both, and get 404 for the hosts of the other",
              "Put the hosts into one server, or give each Gateway a certificate of its own")
          .like("IST0138")),

  /** An entry cannot be looked up by name. */
  NOT_DYNAMIC(
      error("EGR221", "DYNAMIC_DNS that Istio refuses", "%s has DYNAMIC_DNS with %s: %s", "%4$s")
          .like("IST0106")),

  /** A port is said twice. */
  PORT_REPEATED(
      error(
              "EGR222",
              "port repeated",
              "%s has a second port with %s: Istio refuses the entry",
              "Give each port a name and a number of its own")
          .like("IST0106")),

  /** TLS is begun for some pods, and others send plain text. */
  TLS_FOR_SOME_PODS(
      error(
          "EGR223",
          "TLS for some pods only",
          "%s begins TLS to port %s of %s for the pods that it selects; others, such as %s, send"
              + " plain text to the same port",
          "Select all pods that call the host, or export host and port to no others")),

  /** A rule for the whole gateway gives other hosts a wrong server name. */
  SNI_OF_ANOTHER_HOST(
      error(
          "EGR224",
          "server name of another host",
          "%s says sni %s for all that goes to port %s of %s: calls to %s go there, too, and arrive"
              + " at the server of %2$s",
          "Say the sni in a subset of its own for each host, and route to it"));

  private final CatalogueEntry entry;

  ProtocolCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
