package io.github.istioegress.mesh;

import java.util.List;

/**
 * Who sees what says nothing of it ({@code exportTo}): {@code *}, {@code .} or namespaces.
 *
 * @param services what holds for ServiceEntries and Services ({@code defaultServiceExportTo})
 * @param virtualServices what holds for VirtualServices ({@code defaultVirtualServiceExportTo})
 * @param destinationRules what holds for DestinationRules ({@code defaultDestinationRuleExportTo}),
 *     of which Istio heeds {@code .} alone
 */
public record ExportDefaults(
    List<String> services, List<String> virtualServices, List<String> destinationRules) {

  private static final List<String> EVERYBODY = List.of("*");

  /** Copies the lists; an empty one is Istio's default, which is everybody. */
  public ExportDefaults {
    services = services.isEmpty() ? EVERYBODY : List.copyOf(services);
    virtualServices = virtualServices.isEmpty() ? EVERYBODY : List.copyOf(virtualServices);
    destinationRules = destinationRules.isEmpty() ? EVERYBODY : List.copyOf(destinationRules);
  }

  /** Istio's own: everybody sees everything. */
  public static ExportDefaults istioDefault() {
    return new ExportDefaults(EVERYBODY, EVERYBODY, EVERYBODY);
  }
}
