package io.github.istioegress.analysis.protocol;

import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.Optional;

/**
 * A port of a ServiceEntry's host.
 *
 * @param service the host
 * @param port the port
 */
record DeclaredPort(RegistryService service, ServicePort port) {

  String words() {
    return port.protocol().isSniffed() ? "none" : port.protocol().name();
  }

  /** HTTPS and TLS are one to a sidecar, and so are HTTP/2 and gRPC. */
  String kind() {
    Protocol protocol = port.protocol();
    return protocol.isTls() ? "TLS" : protocol.isHttp2() ? "HTTP2" : protocol.name();
  }

  /** A call as the port's protocol wants it; empty where nobody could make it. */
  Optional<Call> call(Caller pod) {
    Protocol protocol = port.protocol();
    String scheme = protocol.isHttp() ? "http" : protocol.isTls() ? "https" : "tcp";
    boolean dialled = !service.address().equals(RegistryService.ANY_ADDRESS);
    String host =
        scheme.equals("tcp") && dialled
            ? Cidr.firstAddress(service.address())
            : service.hostname().replaceFirst("^\\*", "any");
    try {
      return Optional.of(Call.to(pod, "%s://%s:%s".formatted(scheme, host, port.number())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
