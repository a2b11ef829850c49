package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServiceRegistry;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address that an application dials, and what stands at an address. */
final class Dialled {

  /** What a resolver answers for a host of which the manifests know no address (RFC 5737). */
  static final String DOCUMENTATION = "192.0.2.1";

  private static final Pattern IP = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*]?");
  private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

  private Dialled() {}

  static String address(Call call, ServiceRegistry registry) {
    if (!call.address().isEmpty()) {
      return call.address();
    }
    if (isAddress(call.host())) {
      return call.host().replace("[", "").replace("]", "");
    }
    return service(call.host(), call.from().namespace(), registry)
        .map(RegistryService::address)
        .or(() -> registry.entryAddress(call.host(), call.from().namespace()))
        .map(Cidr::firstAddress)
        .orElse(DOCUMENTATION);
  }

  /** A host without the port behind it. */
  static String hostOnly(String host) {
    int colon = host.lastIndexOf(':');
    return colon > 0 && !host.endsWith("]") ? host.substring(0, colon) : host;
  }

  /** True for an IP address, false for a name. */
  static boolean isAddress(String host) {
    return IP.matcher(host).matches();
  }

  /** The Service of the cluster that a name stands for, as a pod of a namespace says it. */
  static Optional<RegistryService> service(
      String name, String namespace, ServiceRegistry registry) {
    String base = name;
    if (base.endsWith(CLUSTER_DOMAIN)) {
      base = base.substring(0, base.length() - CLUSTER_DOMAIN.length());
    } else if (base.endsWith(".svc")) {
      base = base.substring(0, base.length() - ".svc".length());
    }
    String[] labels = base.split("\\.", -1);
    return switch (labels.length) {
      case 1 -> registry.kubernetes(base + "." + namespace + CLUSTER_DOMAIN);
      case 2 -> registry.kubernetes(base + CLUSTER_DOMAIN);
      default -> Optional.empty();
    };
  }
}
