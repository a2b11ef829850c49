package io.github.istioegress.trace.ambient;

import io.github.istioegress.trace.registry.Endpoint;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.List;
import java.util.Optional;

/**
 * A service as istiod tells ztunnel of it: whoever may see it ({@code exportTo} plays no part).
 *
 * @param service the service
 * @param addresses the addresses and ranges written in its resource
 * @param allocated true where istiod gives it an address of its own
 * @param binding its waypoint
 * @param canonical true where it holds the host for namespaces that have none of their own
 * @param tied true where another of the same age could as well hold the host
 */
public record AmbientService(
    RegistryService service,
    List<String> addresses,
    boolean allocated,
    Binding binding,
    boolean canonical,
    boolean tied) {

  /** Its host, as written. */
  public String host() {
    return service.hostname();
  }

  /** True where a call can be told to be for it. */
  public boolean hasAddress() {
    return allocated || !addresses.isEmpty();
  }

  /** Its port of this number. */
  public Optional<ServicePort> port(int number) {
    return service.port(number);
  }

  /** Its first endpoint. */
  public Optional<Endpoint> endpoint(int port) {
    return port(port).flatMap(own -> own.endpoints().stream().findFirst());
  }
}
